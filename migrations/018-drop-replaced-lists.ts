import mongoose from 'mongoose';
import type { Migration } from './migration.ts';

/** Others have their place, which tell inspections from what was promoted, too. */
const REPLACED = ['ownerId_1_state_1_deadlineAt_1', 'isoId_1_state_1_deadlineAt_1'];
const NOT_THERE = [26, 27];

/** A bot of the release before makes them again when it starts: that costs what it cost, and harms nothing. */
export const dropReplacedLists: Migration = {
  id: 18,
  name: 'drop-replaced-lists',
  readableFrom: 0,
  async up({ db }) {
    for (const index of REPLACED) {
      try {
        await db.collection('items').dropIndex(index);
      } catch (error) {
        if (!(error instanceof mongoose.mongo.MongoServerError) || !NOT_THERE.includes(Number(error.code))) throw error;
      }
    }
  },
};
