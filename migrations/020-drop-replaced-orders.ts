import mongoose from 'mongoose';
import type { Migration } from './migration.ts';

/** Others have their place, which go on to the order in which a list is read. */
const REPLACED = [
  ['appeals', 'isoId_1_state_1'],
  ['appeals', 'ownerId_1_state_1'],
  ['feelines', 'staffId_1_month_1'],
] as const;
const NOT_THERE = [26, 27];

/** A bot of the release before makes them again when it starts: that costs what it cost, and harms nothing. */
export const dropReplacedOrders: Migration = {
  id: 20,
  name: 'drop-replaced-orders',
  readableFrom: 0,
  async up({ db }) {
    for (const [of, index] of REPLACED) {
      try {
        await db.collection(of).dropIndex(index);
      } catch (error) {
        if (!(error instanceof mongoose.mongo.MongoServerError) || !NOT_THERE.includes(Number(error.code))) throw error;
      }
    }
  },
};
