import { AppError } from '@field/kit/errors';
import { collection } from './collection.ts';
import { unlessDuplicate } from './duplicate-key.ts';
import { flag, number, sealedValue, text } from './fields.ts';
import { type Recorded, recordedUpdate } from './recorded-update.ts';
import type { Transaction } from './transaction.ts';

/** A message or event as recorded: sealed until it is applied, then only its id stays, against duplicates. */
const Inbox = collection('inbox', {
  id: 'id',
  fields: {
    /** Whose lane it is applied in: a userId, or the conversation of a group. */
    lane: text(),
    /** DingTalk's time of it; the order within a lane is (`at`, `id`). */
    at: number(),
    recordedAt: number(),
    applied: flag(),
    update: sealedValue<unknown>('sealed').optional(),
  },
  indexes: [
    [{ lane: 1, at: 1, id: 1 }, { partialFilterExpression: { applied: false } }],
    [{ applied: 1, recordedAt: 1 }],
  ],
});

/** Records an update under its own id before it is acked; `false` when it had been recorded before. */
export async function recordUpdate(update: Recorded, lane: string, recordedAt: number): Promise<boolean> {
  const { id, at } = update;
  return await unlessDuplicate(() => Inbox.add({ id, lane, at, recordedAt, applied: false, update }));
}

/** Records updates of one lane with one write, each under its own id, once; what was recorded before stays as it is. */
export async function recordUpdates(updates: readonly Recorded[], lane: string, recordedAt: number): Promise<void> {
  const upserts = updates.map((update) => ({
    filter: { id: update.id },
    change: { setOnInsert: { lane, at: update.at, recordedAt, applied: false, update } },
  }));
  const recorded = await unlessDuplicate(() => Inbox.updateEach(upserts, { upsert: true }));
  if (!recorded) throw new AppError('store.transient', { why: 'another process records one of them in this moment' });
}

/** The oldest update of a lane that is not applied yet; without `update` where another release recorded what this one does not know. */
export async function nextRecorded(
  lane: string,
  tx: Transaction,
): Promise<{ readonly id: string; readonly update: Recorded | undefined } | undefined> {
  const next = await Inbox.findOne({ lane, applied: false }, { sort: { at: 1, id: 1 }, tx });
  return next && { id: next.id, update: recordedUpdate(next.update) };
}

/** Whether a lane has something left to apply. */
export async function hasRecorded(lane: string): Promise<boolean> {
  return (await Inbox.findOne({ lane, applied: false }, { only: ['id'] })) !== undefined;
}

/** Marks an update applied and drops what it said. */
export async function markApplied(id: string, tx: Transaction): Promise<void> {
  await Inbox.update({ id }, { set: { applied: true, update: null } }, { tx });
}

/** The lanes with something left to apply; read at start and by the sweep. */
export async function lanesWithWork(): Promise<readonly string[]> {
  return await Inbox.distinct('lane', { applied: false });
}

/** Forgets updates applied and recorded before `before`: DingTalk does not push those again. */
export async function expireInbox(before: number): Promise<number> {
  return await Inbox.removeAll({ applied: true, recordedAt: { $lt: before } });
}
