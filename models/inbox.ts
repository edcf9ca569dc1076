import { model, Schema } from 'mongoose';
import type { EventUpdate, MessageUpdate } from '../src/bot/update.ts';
import { sealJson, unsealJson } from './sealing.ts';
import { type Transaction, unlessDuplicate } from './transaction.ts';

type Recorded = MessageUpdate | EventUpdate;

/** A message or event as recorded: sealed until it is applied, then only its id stays, against duplicates. */
interface InboxRow {
  _id: string;
  /** Whose lane it is applied in: a userId, or the conversation of a group. */
  lane: string;
  /** DingTalk's time of it; the order within a lane is (`at`, `_id`). */
  at: number;
  recordedAt: number;
  applied: boolean;
  sealed?: string;
}

const schema = new Schema<InboxRow>(
  { _id: String, lane: String, at: Number, recordedAt: Number, applied: Boolean, sealed: String },
  { versionKey: false },
);
schema.index({ lane: 1, at: 1, _id: 1 }, { partialFilterExpression: { applied: false } });
schema.index({ applied: 1, recordedAt: 1 });

const Inbox = model<InboxRow>('inbox', schema, 'inbox');

/** Records an update under its own id before it is acked; `false` when it had been recorded before. */
export async function recordUpdate(update: Recorded, lane: string, recordedAt: number): Promise<boolean> {
  const row = { _id: update.id, lane, at: update.at, recordedAt, applied: false, sealed: sealJson(update) };
  return await unlessDuplicate(() => Inbox.create([row]));
}

/** The oldest update of a lane that is not applied yet. */
export async function nextRecorded(lane: string, tx: Transaction): Promise<Recorded | undefined> {
  const row = await Inbox.findOne({ lane, applied: false }).sort({ at: 1, _id: 1 }).session(tx).lean();
  return row?.sealed === undefined ? undefined : unsealJson<Recorded>(row.sealed);
}

/** Marks an update applied and drops what it said. */
export async function markApplied(id: string, tx: Transaction): Promise<void> {
  await Inbox.updateOne({ _id: id }, { $set: { applied: true }, $unset: { sealed: 1 } }, { session: tx });
}

/** The lanes with something left to apply; read at start and by the sweep. */
export async function lanesWithWork(): Promise<readonly string[]> {
  return await Inbox.distinct('lane', { applied: false });
}

/** Forgets updates applied and recorded before `before`: DingTalk does not push those again. */
export async function expireInbox(before: number): Promise<number> {
  const { deletedCount } = await Inbox.deleteMany({ applied: true, recordedAt: { $lt: before } });
  return deletedCount;
}
