import mongoose from 'mongoose';
import type { Migration } from './migration.ts';

/** Pictures are picked by whose turn it is now, and found by person and thing with their state. */
const REPLACED = ['state_1_dueAt_1', 'aboutId_1_seq_1', 'userId_1_state_1'];
const NOT_THERE = [26, 27];

/** A bot of the release before picks more slowly without them, and no worse; what it reserves has no turn, and so comes first. */
export const pickPicturesByPerson: Migration = {
  id: 5,
  name: 'pick-pictures-by-person',
  readableFrom: 0,
  async up({ db }) {
    for (const index of REPLACED) {
      try {
        await db.collection('pictures').dropIndex(index);
      } catch (error) {
        if (!(error instanceof mongoose.mongo.MongoServerError) || !NOT_THERE.includes(Number(error.code))) throw error;
      }
    }
  },
};
