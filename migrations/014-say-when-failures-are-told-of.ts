import type mongoose from 'mongoose';
import type { Migration } from './migration.ts';

interface Row {
  readonly _id: string;
  readonly deadlineAt: number;
}

const AT_ONCE = 500;
const AHEAD_MS = 24 * 3_600_000;
const TOLD_OF = ['REJECTED', 'INVALIDATED', 'MODIFYING', 'APPEALING'];

/**
 * What failed before this release is told of a day before its deadline; in quiet hours, when they end. What a bot of the release before
 * lands meanwhile is not told of again; it lapses as it did there.
 */
export const sayWhenFailuresAreToldOf: Migration = {
  id: 14,
  name: 'say-when-failures-are-told-of',
  readableFrom: 0,
  async up({ db, checkpoint = '', reached }) {
    const items = db.collection<Row>('items');
    for (let after = checkpoint; ; ) {
      const batch = await items
        .find({
          _id: { $gt: after },
          state: { $in: TOLD_OF },
          itemType: { $ne: 'INSPECTION' },
          deadlineAt: { $exists: true },
          noticeAt: { $exists: false },
        })
        .sort({ _id: 1 })
        .limit(AT_ONCE)
        .toArray();
      const last = batch.at(-1)?._id;
      if (last === undefined) return;
      await items.bulkWrite(batch.map(told));
      after = last;
      await reached(after);
    }
  },
};

/** Whether or not it was judged anew meanwhile: then its notice is there already. */
function told({ _id, deadlineAt }: Row): mongoose.mongo.AnyBulkWriteOperation<Row> {
  const filter = { _id, deadlineAt, noticeAt: { $exists: false } };
  return { updateOne: { filter, update: { $set: { noticeAt: deadlineAt - AHEAD_MS } } } };
}
