import mongoose from 'mongoose';
import type { Migration } from './migration.ts';

const REPLACED = 'ownerId_1_staffId_1';
const NOT_THERE = [26, 27];

/**
 * What is approved is in no index of items by their state any more: those are built anew at this start. Nothing was read by the one that goes. A
 * bot of the release before makes it again when it starts: that harms nothing.
 */
export const dropReplacedWaiting: Migration = {
  id: 23,
  name: 'drop-replaced-waiting',
  readableFrom: 0,
  async up({ db }) {
    try {
      await db.collection('items').dropIndex(REPLACED);
    } catch (error) {
      if (!(error instanceof mongoose.mongo.MongoServerError) || !NOT_THERE.includes(Number(error.code))) throw error;
    }
  },
};
