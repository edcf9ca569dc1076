import { model, Schema } from 'mongoose';
import type { CardLine } from './cards.ts';
import type { Transaction } from './transaction.ts';

/** A card's first delivery that is owed, unique by intent (design 7). It holds references only; it is rendered when sent. */
export interface OutboxRow {
  readonly intent: string;
  readonly outTrackId: string;
  /** The working card that folds once this one is known to have arrived, and the line it then shows. */
  readonly folds: Fold | undefined;
  readonly tries: number;
  /** Whose claim this is; what it reports counts only while the claim is its own. */
  readonly token: string;
  /** The last try failed after the card was made: only its delivery is left. */
  readonly made: boolean;
}

export interface Fold {
  readonly outTrackId: string;
  readonly line: CardLine;
}

/** Answers to a person go before what nobody waits for. */
export type Priority = 'answer' | 'notice' | 'digest';
const RANK: Record<Priority, number> = { answer: 0, notice: 1, digest: 2 };

interface Row {
  _id: string;
  outTrackId: string;
  folds?: Fold;
  rank: number;
  state: 'PENDING' | 'SENT' | 'DEAD';
  /** By `clock.now()`. */
  dueAt: number;
  tries: number;
  made: boolean;
  token?: string;
  /** By `machine()`. */
  leaseUntil: number;
  error?: string;
}

const SEND_LEASE_MS = 30_000;
const LOOK_AGAIN_MS = 50;

const schema = new Schema<Row>(
  {
    _id: String,
    outTrackId: String,
    folds: { type: Object },
    rank: Number,
    state: String,
    dueAt: Number,
    tries: Number,
    made: Boolean,
    token: String,
    leaseUntil: Number,
    error: String,
  },
  { versionKey: false },
);
schema.index({ state: 1, rank: 1, dueAt: 1 });

const Outbox = model<Row>('outbox', schema, 'outbox');

/** Adds a delivery by upsert: a second one of the same intent is the same one, and answered with `false`. */
export async function addToOutbox(
  send: { intent: string; outTrackId: string; folds?: Fold; priority: Priority; dueAt: number },
  tx: Transaction,
): Promise<boolean> {
  const { intent, priority, ...rest } = send;
  const { upsertedCount } = await Outbox.updateOne(
    { _id: intent },
    { $setOnInsert: { ...rest, rank: RANK[priority], state: 'PENDING', tries: 0, made: false, leaseUntil: 0 } },
    { upsert: true, session: tx },
  );
  return upsertedCount === 1;
}

/** Takes the most urgent delivery that is due. */
export async function claimSend(token: string, now: number, machine: number): Promise<OutboxRow | undefined> {
  const row = await Outbox.findOneAndUpdate(
    { state: 'PENDING', dueAt: { $lte: now }, leaseUntil: { $lte: machine } },
    { $set: { token, leaseUntil: machine + SEND_LEASE_MS }, $inc: { tries: 1 } },
    { returnDocument: 'after', sort: { rank: 1, dueAt: 1 } },
  ).lean();
  return row === null
    ? undefined
    : { intent: row._id, outTrackId: row.outTrackId, folds: row.folds, tries: row.tries, made: row.made, token };
}

/** Gives a claim back while the card that it folds is still to come: a chat keeps the order in which things happened. */
export async function waitsForFolded(claim: OutboxRow, now: number): Promise<boolean> {
  if (claim.folds === undefined) return false;
  const before = await Outbox.findOne({ _id: claim.folds.outTrackId, state: 'PENDING' }, { dueAt: 1 }).lean();
  if (before === null) return false;
  const dueAt = Math.max(before.dueAt, now) + LOOK_AGAIN_MS;
  await Outbox.updateOne(claimed(claim), { $set: { dueAt, leaseUntil: 0 }, $inc: { tries: -1 } });
  return true;
}

export async function markSent(intent: string, tx: Transaction): Promise<void> {
  await Outbox.updateOne({ _id: intent }, { $set: { state: 'SENT', leaseUntil: 0 } }, { session: tx });
}

/** Tries again at `dueAt` (by `clock.now()`). */
export async function retrySend(
  claim: Pick<OutboxRow, 'intent' | 'token'>,
  dueAt: number,
  error: string,
  made: boolean,
): Promise<void> {
  await Outbox.updateOne(claimed(claim), { $set: { dueAt, leaseUntil: 0, error, made } });
}

/** Stops trying; an operator command lists these and tries them again. */
export async function buryDead(claim: Pick<OutboxRow, 'intent' | 'token'>, error: string): Promise<void> {
  await Outbox.updateOne(claimed(claim), { $set: { state: 'DEAD', leaseUntil: 0, error } });
}

/** A delivery whose claim ran out may have been sent by somebody else since. */
function claimed({ intent, token }: Pick<OutboxRow, 'intent' | 'token'>) {
  return { _id: intent, token, state: 'PENDING' as const };
}

/** Frees every claim; see `freeLanes`. */
export async function freeSends(): Promise<void> {
  await Outbox.updateMany({ state: 'PENDING', leaseUntil: { $gt: 0 } }, { $set: { leaseUntil: 0 } });
}

/** How many deliveries are owed, and when the next is due by `clock.now()`. */
export async function pendingSends(): Promise<{ count: number; nextAt: number | undefined }> {
  const rows = await Outbox.find({ state: 'PENDING' }, { dueAt: 1 }).sort({ dueAt: 1 }).limit(100).lean();
  return { count: rows.length, nextAt: rows[0]?.dueAt };
}
