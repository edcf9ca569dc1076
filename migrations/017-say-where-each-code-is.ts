import mongoose from 'mongoose';
import type { Migration } from './migration.ts';

interface Binding {
  readonly _id: string;
  readonly codeHash: string;
  readonly spotId: string;
  readonly boundBy: string;
  readonly boundAt: number;
  readonly shapeId?: string;
}

interface Stocked {
  readonly _id: string;
}

const AT_ONCE = 500;
const FIELDS = { codeHash: 1, spotId: 1, boundBy: 1, boundAt: 1, shapeId: 1 };
/** Others have its place, which go on to what is asked for. */
const REPLACED = 'isoId_1';
const NOT_THERE = [26, 27];

/**
 * Every code of a stock is where it stands, or with its ISO. Which of its batch it is, the file says once it is dropped again. What a bot
 * of the release before puts up meanwhile stands with its ISO until it is put up anew.
 */
export const sayWhereEachCodeIs: Migration = {
  id: 17,
  name: 'say-where-each-code-is',
  readableFrom: 0,
  async up({ db, checkpoint = '', reached }) {
    const stock = db.collection<Stocked>('codestock');
    for (let after = checkpoint; ; ) {
      const filter = { _id: { $gt: after }, state: 'ACTIVE' };
      const found = db.collection<Binding>('bindings').find(filter).project<Binding>(FIELDS);
      const batch = await found.sort({ _id: 1 }).limit(AT_ONCE).toArray();
      const last = batch.at(-1)?._id;
      if (last === undefined) break;
      const known = batch.filter(({ shapeId }) => shapeId === undefined);
      const updates = known.map(({ codeHash, spotId, boundBy: movedBy, boundAt: movedAt }) => {
        const update = { $set: { state: 'AT_SPOT', spotId, movedBy, movedAt } };
        return { updateOne: { filter: { _id: codeHash, state: { $exists: false } }, update, upsert: true } };
      });
      if (updates.length > 0) await stock.bulkWrite(updates, { ordered: false }).catch(orKnown);
      after = last;
      await reached(after);
    }
    await stock.updateMany({ state: { $exists: false } }, { $set: { state: 'IN_STOCK' } });
    try {
      await stock.dropIndex(REPLACED);
    } catch (error) {
      if (!(error instanceof mongoose.mongo.MongoServerError) || !NOT_THERE.includes(Number(error.code))) throw error;
    }
  },
};

const DUPLICATE_KEY = 11000;

/** What was moved before the step was killed, or since by a bot of this release, is where it is. */
function orKnown(error: unknown): void {
  if (!(error instanceof mongoose.mongo.MongoError) || error.code !== DUPLICATE_KEY) throw error;
}
