import type { CardLine } from './cards.ts';
import { collection } from './collection.ts';
import { flag, number, text, value } from './fields.ts';
import { lineNamedOr } from './text-named.ts';
import type { Transaction } from './transaction.ts';

/** A job for DingTalk, unique by intent (architecture 7). It holds references only; a card is rendered when sent. */
export type OutboxRow = CardSend | ContactJobRun;

interface Claim {
  readonly intent: string;
  readonly tries: number;
  /** Whose claim this is; what it reports counts only while the claim is its own. */
  readonly token: string;
}

/** A card's first delivery. */
export interface CardSend extends Claim {
  readonly outTrackId: string;
  /** The working card that folds once this one is known to have arrived, and the line it then shows. */
  readonly folds?: Fold | undefined;
  /** When the person did what this card answers, by `clock.now()`; absent for what comes of itself or of somebody else. */
  readonly follows?: number | undefined;
  /** How many calls, with the one to come, may have made the card: of an earlier one the outcome is not known. */
  readonly attempts: number;
  /** The last try failed after the card was made: only its delivery is left. */
  readonly made: boolean;
}

export interface ContactJobRun extends Claim {
  readonly contactJob: ContactJob;
}

/**
 * A question or an order to DingTalk's contacts: invite the person of an association, or look up who somebody is. What came of it
 * is recorded as an update (`src/delivery/contact-jobs.ts`).
 */
export interface ContactJob {
  readonly kind: 'invitation' | 'lookup';
  /** The request, or the userId. */
  readonly id: string;
}

export interface Fold {
  readonly outTrackId: string;
  readonly line: CardLine;
}

/** Answers to a person go before what nobody waits for. */
export type Priority = 'answer' | 'notice' | 'digest';
const RANK: Record<Priority, number> = { answer: 0, notice: 1, digest: 2 };

const SEND_LEASE_MS = 30_000;
const LOOK_AGAIN_MS = 50;

const foldLineNamed = lineNamedOr('folded.continued');

const Outbox = collection('outbox', {
  id: 'intent',
  fields: {
    outTrackId: text().optional(),
    folds: value<Fold>().readBy(withLineAsNow).optional(),
    follows: number().optional(),
    contactJob: value<ContactJob>('errand').optional(),
    rank: number(),
    state: text<'PENDING' | 'SENT' | 'DEAD'>(),
    /** By `clock.now()`. */
    dueAt: number(),
    tries: number(),
    /** Calls whose outcome is not known, or that are under way. Absent: none. */
    attempts: number().optional(),
    made: flag(),
    token: text().optional(),
    /** By `machine()`. */
    leaseUntil: number(),
    error: text().optional(),
  },
  indexes: [
    [{ state: 1, rank: 1, dueAt: 1 }],
    [{ state: 1, dueAt: 1 }, { partialFilterExpression: { contactJob: { $exists: true } } }],
  ],
});

/** Adds a delivery by upsert: a second one of the same intent is the same one, and answered with `false`. */
export async function addToOutbox(
  send: { intent: string; priority: Priority; dueAt: number } & (
    | { outTrackId: string; folds?: Fold | undefined; follows?: number | undefined }
    | { contactJob: ContactJob }
  ),
  tx: Transaction,
): Promise<boolean> {
  const { intent, priority, ...rest } = send;
  const pending = { state: 'PENDING', tries: 0, made: false, leaseUntil: 0 } as const;
  const setOnInsert = { ...rest, ...pending, rank: RANK[priority] };
  const { upsertedCount } = await Outbox.update({ intent }, { setOnInsert }, { upsert: true, tx });
  return upsertedCount === 1;
}

/** Takes the most urgent delivery that is due. */
export async function claimSend(token: string, now: number, machine: number): Promise<OutboxRow | undefined> {
  const row = await Outbox.change(
    { state: 'PENDING', dueAt: { $lte: now }, leaseUntil: { $lte: machine } },
    { set: { token, leaseUntil: machine + SEND_LEASE_MS }, inc: { tries: 1, attempts: 1 } },
    { sort: { rank: 1, dueAt: 1 } },
  );
  if (row === undefined) return undefined;
  const claim = { intent: row.intent, tries: row.tries, token };
  if (row.contactJob !== undefined) return { ...claim, contactJob: row.contactJob };
  return {
    ...claim,
    outTrackId: row.outTrackId ?? '',
    folds: row.folds,
    follows: row.follows,
    attempts: row.attempts ?? 1,
    made: row.made,
  };
}

/** Gives a claim back while the card that it folds is still to come: a chat keeps the order in which things happened. */
export async function waitsForFolded(claim: CardSend, now: number): Promise<boolean> {
  if (claim.folds === undefined) return false;
  const before = await Outbox.findOne({ intent: claim.folds.outTrackId, state: 'PENDING' }, { only: ['dueAt'] });
  if (before === undefined) return false;
  const dueAt = Math.max(before.dueAt, now) + LOOK_AGAIN_MS;
  await Outbox.update(claimed(claim), { set: { dueAt, leaseUntil: 0 }, inc: { tries: -1, attempts: -1 } });
  return true;
}

/** Whether a card's first delivery is still owed. */
export async function isOnItsWay(outTrackId: string, tx: Transaction): Promise<boolean> {
  return (await Outbox.findOne({ intent: outTrackId, state: 'PENDING' }, { only: ['intent'], tx })) !== undefined;
}

export async function markSent(intent: string, tx: Transaction): Promise<void> {
  await Outbox.update({ intent }, { set: { state: 'SENT', leaseUntil: 0 } }, { tx });
}

/** A contact job is done, if the claim is still its own: another that has it will find that it was. */
export async function finishContactJob(claim: Pick<OutboxRow, 'intent' | 'token'>): Promise<void> {
  await Outbox.update(claimed(claim), { set: { state: 'SENT', leaseUntil: 0 } });
}

/**
 * Tries again at `dueAt` (by `clock.now()`); a try that does not count brings giving up no nearer. `attempted`: it may have done something
 * all the same.
 */
export async function retrySend(
  claim: Pick<OutboxRow, 'intent' | 'token'>,
  {
    counts,
    attempted,
    ...failed
  }: { dueAt: number; error: string; made: boolean; counts: boolean; attempted: boolean },
): Promise<void> {
  await Outbox.update(claimed(claim), {
    set: { ...failed, leaseUntil: 0 },
    inc: { tries: counts ? undefined : -1, attempts: attempted ? undefined : -1 },
  });
}

/** Stops trying; an operator command lists these and tries them again. */
export async function markDead(claim: Pick<OutboxRow, 'intent' | 'token'>, error: string): Promise<void> {
  await Outbox.update(claimed(claim), { set: { state: 'DEAD', leaseUntil: 0, error } });
}

/** A delivery whose claim ran out may have been sent by somebody else since. */
function claimed({ intent, token }: Pick<OutboxRow, 'intent' | 'token'>) {
  return { intent, token, state: 'PENDING' as const };
}

/** Frees every claim; see `freeLanes`. */
export async function freeSends(): Promise<void> {
  await Outbox.updateAll({ state: 'PENDING', leaseUntil: { $gt: 0 } }, { set: { leaseUntil: 0 } });
}

/** How many jobs are pending, and when the next is due by `clock.now()`. */
export async function pendingSends(): Promise<{ count: number; nextAt: number | undefined }> {
  const rows = await Outbox.find({ state: 'PENDING' }, { only: ['dueAt'], sort: { dueAt: 1 }, limit: 100 });
  return { count: rows.length, nextAt: rows[0]?.dueAt };
}

/** Of these intents those that are not done: they wait, or an operator is to decide about them. */
export async function intentsNotSent(intents: readonly string[], tx: Transaction): Promise<ReadonlySet<string>> {
  const rows = await Outbox.find({ intent: { $in: intents }, state: { $ne: 'SENT' } }, { only: ['intent'], tx });
  return new Set(rows.map(({ intent }) => intent));
}

/** Forgets deliveries together with their cards: as long as a card is there, its intent must not make it again. */
export async function forgetSent(intents: readonly string[], tx: Transaction): Promise<void> {
  await Outbox.removeAll({ intent: { $in: intents }, state: 'SENT' }, { tx });
}

/** Forgets contact jobs that were done and due before this, at most some; answers how many. */
export async function forgetContactJobs(before: number, most: number): Promise<number> {
  const done = { state: 'SENT', dueAt: { $lt: before }, contactJob: { $exists: true } } as const;
  const rows = await Outbox.find(done, { only: ['intent'], limit: most });
  return await Outbox.removeAll({ intent: { $in: rows.map(({ intent }) => intent) }, state: 'SENT' });
}

function withLineAsNow({ outTrackId, line }: Fold): Fold {
  return { outTrackId, line: foldLineNamed(line) };
}
