import type mongoose from 'mongoose';
import type { Migration } from './migration.ts';

interface Row {
  readonly _id: string;
  readonly version: number;
  readonly state: string;
  readonly storeKey?: string;
  readonly updatedAt?: number;
  readonly dueAt?: number;
  readonly correctBy?: number;
  readonly noticeAt?: number;
}

const AT_ONCE = 500;
const HOUR_MS = 3_600_000;
const AFTER_MS = 48 * HOUR_MS;
const BEFORE_MS = 12 * HOUR_MS;
const TO_DO = ['ASSIGNED', 'STARTED', 'DEPLOYMENT_CHECKED', 'PAYMENT_VERIFIED', 'CANNOT_INSPECT', 'REJECTED'];
const FIELDS = { version: 1, storeKey: 1, updatedAt: 1, dueAt: 1, correctBy: 1 };
const NOT_SAID = { noticeAt: { $exists: false } } as const;

/**
 * A promotion that was begun before this release is told of two days after its last step, an inspection twelve hours before it is due;
 * in quiet hours, when they end. What a bot of the release before begins meanwhile is not told of until its next step.
 */
export const sayWhenWorkIsToldOf: Migration = {
  id: 16,
  name: 'say-when-work-is-told-of',
  readableFrom: 0,
  async up({ db, checkpoint = 'drafts/', reached }) {
    const [name = '', last = ''] = checkpoint.split(/\/(.*)/);
    const isAtDrafts = name === 'drafts';
    if (isAtDrafts) {
      const open = { of: db.collection<Row>('drafts'), states: ['OPEN'], noticeOf: noticeOfDraft };
      await say(open, last, (id) => reached(`drafts/${id}`));
    }
    const tasks = { of: db.collection<Row>('inspectiontasks'), states: TO_DO, noticeOf: noticeOfTask };
    await say(tasks, isAtDrafts ? '' : last, (id) => reached(`tasks/${id}`));
  },
};

/** What puts something right is told of by what failed. */
function noticeOfDraft({ storeKey = '', updatedAt }: Row): number | undefined {
  return updatedAt === undefined || storeKey.startsWith('modify:') ? undefined : updatedAt + AFTER_MS;
}

function noticeOfTask({ dueAt, correctBy = dueAt }: Row): number | undefined {
  return correctBy === undefined ? undefined : correctBy - BEFORE_MS;
}

interface ToSay {
  readonly of: mongoose.mongo.Collection<Row>;
  readonly states: readonly string[];
  readonly noticeOf: (row: Row) => number | undefined;
}

async function say({ of, states, noticeOf }: ToSay, from: string, reached: (id: string) => Promise<void>) {
  for (let after = from; ; ) {
    const filter = { _id: { $gt: after }, state: { $in: states }, ...NOT_SAID };
    const batch = await of.find(filter).project<Row>(FIELDS).sort({ _id: 1 }).limit(AT_ONCE).toArray();
    const last = batch.at(-1)?._id;
    if (last === undefined) return;
    const updates = batch.flatMap((row) => {
      const noticeAt = noticeOf(row);
      // whoever takes a step meanwhile has its notice already
      const filter = { _id: row._id, version: row.version, ...NOT_SAID };
      return noticeAt === undefined ? [] : [{ updateOne: { filter, update: { $set: { noticeAt } } } }];
    });
    if (updates.length > 0) await of.bulkWrite(updates);
    after = last;
    await reached(after);
  }
}
