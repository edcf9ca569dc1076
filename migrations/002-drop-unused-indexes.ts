import mongoose from 'mongoose';
import type { Migration } from './migration.ts';

/** No query has ever used them, and every photo that is kept, and every digest, paid for them. */
const UNUSED = [
  ['photos', 'aboutId_1'],
  ['digests', 'isoId_1_dataDate_-1'],
] as const;
const NOT_THERE = [26, 27];

/** A bot of the release before makes them again when it starts: that costs what it cost, and harms nothing. */
export const dropUnusedIndexes: Migration = {
  id: 2,
  name: 'drop-unused-indexes',
  readableFrom: 0,
  async up({ db }) {
    for (const [collection, index] of UNUSED) {
      try {
        await db.collection(collection).dropIndex(index);
      } catch (error) {
        if (!(error instanceof mongoose.mongo.MongoServerError) || !NOT_THERE.includes(Number(error.code))) throw error;
      }
    }
  },
};
