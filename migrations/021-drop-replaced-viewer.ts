import mongoose from 'mongoose';
import type { Migration } from './migration.ts';

const REPLACED = 'viewer_1';
const NOT_THERE = [26, 27];

/** The cards of somebody are found with their time. A bot of the release before makes it again when it starts: that harms nothing. */
export const dropReplacedViewer: Migration = {
  id: 21,
  name: 'drop-replaced-viewer',
  readableFrom: 0,
  async up({ db }) {
    try {
      await db.collection('cards').dropIndex(REPLACED);
    } catch (error) {
      if (!(error instanceof mongoose.mongo.MongoServerError) || !NOT_THERE.includes(Number(error.code))) throw error;
    }
  },
};
