import mongoose from 'mongoose';
import type { Migration } from './migration.ts';

const REPLACED = 'isoId_1_originalHash_1_backs_1';
const NOT_THERE = [26, 27];

/** Photos are found by their bytes alone, in whatever ISO. A bot of the release before makes it again when it starts: that harms nothing. */
export const dropReplacedBytes: Migration = {
  id: 24,
  name: 'drop-replaced-bytes',
  readableFrom: 0,
  async up({ db }) {
    try {
      await db.collection('photos').dropIndex(REPLACED);
    } catch (error) {
      if (!(error instanceof mongoose.mongo.MongoServerError) || !NOT_THERE.includes(Number(error.code))) throw error;
    }
  },
};
