import mongoose from 'mongoose';
import type { Migration } from './migration.ts';

/** Others have their place, which go on to the order that is asked for. */
const REPLACED = {
  accountasks: ['endedAt_1'],
  accounts: ['retiredAt_1'],
  appeals: ['state_1'],
  associations: ['isoId_1_state_1_at_1', 'state_1_at_1'],
  bindings: ['isoId_1_boundAt_-1'],
  cards: ['kind_1_at_1'],
  drafts: ['storeKey_1_state_1', 'state_1_updatedAt_1', 'isoId_1'],
  inspectiontasks: [
    'isoId_1_state_1_dueAt_1',
    'assigneeId_1_state_1_dueAt_1',
    'assigneeId_1_submittedAt_-1',
    'state_1_dueAt_1',
    'isoId_1',
  ],
  items: ['isoId_1_submittedAt_1', 'isoId_1'],
  peoples: ['isoId_1_role_1'],
  photos: ['isoId_1_sentAt_1'],
  questions: ['saidAt_1'],
  submissions: ['handedOver_1_submittedAt_1'],
};
const NOT_THERE = [26, 27];

/** A bot of the release before makes them again when it starts: that costs what it cost, and harms nothing. */
export const dropReplacedIndexes: Migration = {
  id: 13,
  name: 'drop-replaced-indexes',
  readableFrom: 0,
  async up({ db }) {
    for (const [collection, indexes] of Object.entries(REPLACED)) {
      for (const index of indexes) {
        try {
          await db.collection(collection).dropIndex(index);
        } catch (error) {
          if (!(error instanceof mongoose.mongo.MongoServerError) || !NOT_THERE.includes(Number(error.code)))
            throw error;
        }
      }
    }
  },
};
