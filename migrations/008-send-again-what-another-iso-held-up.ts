import type mongoose from 'mongoose';
import type { Migration } from './migration.ts';

interface Association {
  readonly _id: string;
  readonly problem?: string;
}

const AT_ONCE = 500;

/**
 * An invitation of somebody who worked for another ISO never reached them, and said so to the admin. Whoever is invited is asked now,
 * wherever they work: such an invitation can be sent again, and says so in words that the release before knows too.
 */
export const sendAgainWhatAnotherIsoHeldUp: Migration = {
  id: 8,
  name: 'send-again-what-another-iso-held-up',
  readableFrom: 0,
  async up({ db, checkpoint = '', reached }) {
    const associations: mongoose.mongo.Collection<Association> = db.collection('associations');
    for (let last = checkpoint; ; ) {
      const held = { _id: { $gt: last }, problem: 'worksElsewhere' };
      const batch = await associations.find(held).sort({ _id: 1 }).limit(AT_ONCE).toArray();
      const next = batch.at(-1)?._id;
      if (next === undefined) return;
      const ids = batch.map(({ _id }) => _id);
      await associations.updateMany({ _id: { $in: ids }, problem: 'worksElsewhere' }, { $set: { problem: 'refused' } });
      last = next;
      await reached(last);
    }
  },
};
