import type { Migration } from './migration.ts';

interface Row {
  readonly _id: string;
}

const AT_ONCE = 500;

/**
 * What a button carries stands in other variables of the card template now: whatever card still has buttons is drawn anew. A bot of the
 * release before draws its own way again what changes meanwhile; a card wanted once too often is drawn once too often.
 */
export const redrawOpenCards: Migration = {
  id: 4,
  name: 'redraw-open-cards',
  readableFrom: 0,
  async up({ db, checkpoint = '', reached }) {
    const cards = db.collection<Row>('cards');
    const open = { kind: { $in: ['working', 'record'] }, delivered: true, folded: { $exists: false } };
    for (let last = checkpoint; ; ) {
      const found = cards.find({ _id: { $gt: last }, ...open }, { projection: { _id: 1 } });
      const batch = (await found.sort({ _id: 1 }).limit(AT_ONCE).toArray()).map(({ _id }) => _id);
      await cards.updateMany({ _id: { $in: batch } }, { $set: { stale: true }, $inc: { wanted: 1 } });
      const reachedNow = batch.at(-1);
      if (reachedNow === undefined) return;
      last = reachedNow;
      await reached(last);
    }
  },
};
