import type { CallClass } from '../src/domain/budget.ts';
import type { AwaitedCall } from '../src/platform/platform.ts';
import type { CardLine, LeftBehind } from './cards.ts';
import { claimable, type Due } from './claimable.ts';
import { collection } from './collection.ts';
import { flag, mark, number, text, value } from './fields.ts';
import { lineNamedOr } from './text-named.ts';
import type { Transaction } from './transaction.ts';

/** A job for DingTalk, unique by intent (architecture 7). It holds references only; a card is rendered when sent. */
export type OutboxRow = CardSend | JobRun;

interface Claim {
  readonly intent: string;
  /** How often it failed while others got through, with this try. */
  readonly tries: number;
  /** Nobody wants it after this, by `clock.now()`. */
  readonly wantedUntil?: number | undefined;
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
  /** What its calls are for, and whose step it follows, by userId. */
  readonly callClass: CallClass;
  readonly causedBy?: string | undefined;
  /** How many calls, with the one to come, may have made the card: of an earlier one the outcome is not known. */
  readonly attempts: number;
  /** The last try failed after the card was made: only its delivery is left. */
  readonly made: boolean;
}

export interface JobRun extends Claim {
  readonly job: OutboxJob;
  readonly series?: string | undefined;
}

/**
 * What DingTalk is to do besides cards: invite the person of an association, or look up who somebody is, of which what came is recorded
 * as an update (`src/delivery/contact-jobs.ts`); take a list as a file into a chat (`src/delivery/file-jobs.ts`); or bring a person's
 * to-do to what is so now (`src/delivery/todo-jobs.ts`).
 */
export interface OutboxJob {
  readonly kind: 'invitation' | 'lookup' | 'file' | 'todo';
  /** The request, the userId, the export, or the to-do. */
  readonly id: string;
  /** Looked up because DingTalk says that they came into the organisation. */
  readonly came?: true | undefined;
}

export interface Fold {
  readonly outTrackId: string;
  readonly line: CardLine;
}

/** Answers to a person go before what nobody waits for. */
export type Priority = 'answer' | 'notice' | 'digest';
const RANK: Record<Priority, number> = { answer: 0, notice: 1, digest: 2 };
/** Of whatever priority: said in full, since what is due of each comes first. For the files of `models` only. */
export const ANY_RANK = { $in: Object.values(RANK) };

/** Nothing is done about these any more. For the files of `models` only. */
export const DONE = ['SENT', 'DROPPED'] as const;

/** How long one who sends has for it. */
export const SEND_LEASE_MS = 30_000;
const MOST_AT_A_LOOK = 100;

/** Nobody is at it. For the files of `models` only. */
export const NOBODY = { leaseUntil: 0, token: null } as const;

const foldLineNamed = lineNamedOr('folded.continued');

/** Why something is not to be sent any more: something newer says it, nobody waits for it now, an operator said so, no calls are left. */
type Dropped = 'overtaken' | 'late' | 'gone' | 'byOperator' | 'noBudget';

/** For the files of `models` only. */
export const Outbox = collection('outbox', {
  id: 'intent',
  fields: {
    outTrackId: text().optional(),
    /** Whom it is for: a person, or a group by its `openConversationId`. Absent where it is for nobody's chat. */
    to: text().optional(),
    /** Of what has one name here only the newest is wanted, where an older one still waits. */
    series: text().optional(),
    /** By `clock.now()`. */
    wantedUntil: number().optional(),
    folds: value<Fold>().readBy(withLineAsNow).optional(),
    follows: number().optional(),
    callClass: text<CallClass>().optional(),
    causedBy: text().optional(),
    job: value<OutboxJob>('errand').optional(),
    rank: number(),
    state: text<'PENDING' | 'SENT' | 'DEAD' | 'DROPPED'>(),
    /** By `clock.now()`. */
    dueAt: number(),
    /** Failures while others got through, and the try that is under way. */
    tries: number(),
    /** Stands there while it waits after a failure: for that call to work again, or for its own time. */
    waitsFor: text<AwaitedCall | 'itself'>().optional(),
    /** Calls whose outcome is not known, or that are under way. Absent: none. */
    attempts: number().optional(),
    made: flag(),
    /** Who is at it, or was when that ended without a word. */
    token: text().optional(),
    /** Whoever it is for was there meanwhile: should it fail, it is due at once. */
    hurried: mark(),
    /** By `machine()`. */
    leaseUntil: number(),
    /** Why it failed last, why it is dead, or why it was dropped. */
    error: text().optional(),
    /** What DingTalk called that. */
    answered: text().optional(),
    /** Since when it is dead, by `clock.now()`. */
    deadAt: number().optional(),
  },
  indexes: [
    [{ state: 1, rank: 1, dueAt: 1 }],
    [{ state: 1, dueAt: 1 }, { partialFilterExpression: { job: { $exists: true } } }],
    [{ series: 1, state: 1 }, { partialFilterExpression: { series: { $exists: true } } }],
    [{ to: 1, dueAt: 1 }, { partialFilterExpression: { waitsFor: { $exists: true } } }],
    [{ leaseUntil: 1 }, { partialFilterExpression: { token: { $exists: true } } }],
  ],
});

/** Whom something is for, and what makes it superfluous before it has arrived. */
export interface Wanted {
  readonly to?: string | undefined;
  readonly series?: string | undefined;
  readonly wantedUntil?: number | undefined;
}

/** A card's first delivery, as it is asked for. */
interface NewCardSend {
  readonly outTrackId: string;
  readonly folds?: Fold | undefined;
  readonly follows?: number | undefined;
  /** `own` unless it is said. */
  readonly callClass?: CallClass | undefined;
  readonly causedBy?: string | undefined;
}

/**
 * Adds a delivery by upsert: a second one of the same intent is the same one, and answered with `false`. What it overtakes is dropped:
 * the card that it would fold at once, and what waits of the same series.
 */
export async function addToOutbox(
  send: { intent: string; priority: Priority; dueAt: number } & Wanted & (NewCardSend | { job: OutboxJob }),
  tx: Transaction,
): Promise<boolean> {
  const { intent } = send;
  const setOnInsert = asPending(send);
  const folded = 'outTrackId' in send ? send.folds?.outTrackId : undefined;
  // a second time it was dropped before, and nothing else is
  const waits = { intent: folded ?? '', state: { $in: ['PENDING', 'DEAD'] } } as const;
  const others = folded === undefined ? [] : [{ filter: waits, change: drop('overtaken') }];
  const isNew = await Outbox.makeWithOthers({ filter: { intent }, change: { setOnInsert } }, others, tx);
  if (!isNew) return false;
  if (send.series !== undefined) {
    const older = { series: send.series, intent: { $ne: intent } } as const;
    const [waiting, dead] = [
      { ...older, state: 'PENDING', tries: { $gt: 0 } } as const,
      { ...older, state: 'DEAD' } as const,
    ];
    const overtaken = [waiting, dead].map((filter) => ({ filter, change: drop('overtaken') }));
    await Outbox.updateWithOthers(overtaken, tx, { all: true });
  }
  return true;
}

/** The same of what overtakes nothing and of which nobody need know whether it was added before. */
export async function addUnlessThere(
  send: { intent: string; priority: Priority; dueAt: number } & Wanted & NewCardSend,
  tx: Transaction,
): Promise<void> {
  const { intent } = send;
  await Outbox.updateWithOthers([{ filter: { intent }, change: { setOnInsert: asPending(send) }, upsert: true }], tx);
}

function asPending<Send extends { readonly intent: string; readonly priority: Priority }>({
  intent: _intent,
  priority,
  ...rest
}: Send) {
  const pending = { state: 'PENDING', tries: 0, made: false, leaseUntil: 0 } as const;
  return { ...rest, ...pending, rank: RANK[priority] };
}

/** Nobody wants what waits of a series any more. */
export async function dropSeries(series: string, tx: Transaction): Promise<void> {
  await Outbox.updateWithOthers([{ filter: { series, state: 'PENDING' }, change: drop('gone') }], tx, { all: true });
}

/** What a worker is at goes on: it may have arrived all the same. For the files of `models` only. */
export function drop(error: Dropped) {
  return { set: { state: 'DROPPED', error, waitsFor: null } } as const;
}

/** Takes the most urgent delivery that is due. */
export async function claimSend(token: string, now: number, machine: number): Promise<OutboxRow | undefined> {
  const row = await Outbox.change(
    { state: 'PENDING', rank: ANY_RANK, dueAt: { $lte: now }, leaseUntil: { $lte: machine } },
    { set: { token, leaseUntil: machine + SEND_LEASE_MS, hurried: null }, inc: { tries: 1, attempts: 1 } },
    { sort: { rank: 1, dueAt: 1 } },
  );
  if (row === undefined) return undefined;
  const { intent, tries, wantedUntil } = row;
  const claim = { intent, tries, token, wantedUntil };
  if (row.job !== undefined) return { ...claim, job: row.job, series: row.series };
  return {
    ...claim,
    outTrackId: row.outTrackId ?? '',
    folds: row.folds,
    follows: row.follows,
    // a release before this one wrote no class
    callClass: row.callClass ?? 'own',
    causedBy: row.causedBy,
    attempts: row.attempts ?? 1,
    made: row.made,
  };
}

/** What a card leaves behind when it arrives: the one that it folds, and where that was overtaken, what that one would have folded. */
async function leftBehindBy(folds: Fold | undefined, tx: Transaction): Promise<readonly LeftBehind[]> {
  const left: LeftBehind[] = [];
  for (let fold = folds; fold !== undefined; ) {
    const row = await Outbox.get(fold.outTrackId, { only: ['state', 'attempts', 'folds'], tx });
    const isThere = row === undefined || row.state === 'SENT';
    if (isThere || (row.attempts ?? 0) > 0) left.push({ ...fold, isThere });
    fold = isThere ? undefined : row.folds;
  }
  return left;
}

/** Whether a card's first delivery is still owed. */
export async function isOnItsWay(outTrackId: string, tx: Transaction): Promise<boolean> {
  return (await Outbox.findOne({ intent: outTrackId, state: 'PENDING' }, { only: ['intent'], tx })) !== undefined;
}

/** It has arrived; answers what it leaves behind. */
export async function markSent(intent: string, tx: Transaction): Promise<readonly LeftBehind[]> {
  const sent = { ...NOBODY, state: 'SENT', waitsFor: null } as const;
  const row = await Outbox.change({ intent }, { set: sent }, { tx });
  return await leftBehindBy(row?.folds, tx);
}

/** A card that may be on its way is left behind itself: answers what it would have folded, which it does not any more. */
export async function takeLeftBehind(outTrackId: string, tx: Transaction): Promise<readonly LeftBehind[]> {
  const row = await Outbox.get(outTrackId, { only: ['state', 'folds'], tx });
  if (row === undefined || row.state === 'SENT') return [];
  await Outbox.updateWithOthers([{ filter: { intent: outTrackId }, change: { set: { folds: null } } }], tx);
  return await leftBehindBy(row.folds, tx);
}

/** A contact job is done, if the claim is still its own: another that has it will find that it was. */
export async function finishJob(claim: Pick<OutboxRow, 'intent' | 'token'>): Promise<void> {
  await giveBack(claim, { set: { ...NOBODY, state: 'SENT', waitsFor: null } }, { attempted: true });
}

/**
 * Tries again at `dueAt`, or sooner when what it `waitsFor` works again; `now`, where whoever it is for was there since it was claimed
 * (all by `clock.now()`). `counts`: others got through meanwhile. `attempted`: it may have done something all the same.
 */
export async function retrySend(
  claim: Pick<OutboxRow, 'intent' | 'token'>,
  {
    now,
    counts,
    attempted,
    ...failed
  }: {
    readonly now: number;
    readonly dueAt: number;
    readonly error: string;
    readonly made: boolean;
    readonly waitsFor: AwaitedCall | 'itself';
    readonly counts: boolean;
    readonly attempted: boolean;
  },
): Promise<void> {
  const inc = { tries: counts ? undefined : -1, attempts: attempted ? undefined : -1 };
  const set = { ...NOBODY, ...failed };
  const waits = await Outbox.update({ ...claimed(claim), hurried: { $exists: false } }, { set, inc });
  if (waits.matchedCount === 0) await giveBack(claim, { set: { ...set, dueAt: now }, inc }, { attempted });
}

/** Stops trying: DingTalk will never take it, and `answered` why. An operator sees these, and tries them again or drops them. */
export async function markDead(
  claim: Pick<OutboxRow, 'intent' | 'token'>,
  { error, answered, deadAt }: { error: string; answered?: string | undefined; deadAt: number },
): Promise<void> {
  const set = { ...NOBODY, state: 'DEAD', waitsFor: null, error, answered: answered ?? null, deadAt } as const;
  await giveBack(claim, { set }, { attempted: true });
}

/** It is not wanted any more. */
export async function dropSend(claim: Pick<OutboxRow, 'intent' | 'token'>, why: Dropped): Promise<void> {
  const { set } = drop(why);
  await giveBack(claim, { set: { ...set, ...NOBODY }, inc: { attempts: -1 } }, { attempted: false });
}

/**
 * Ends a claim. Where the card was overtaken meanwhile only that is noted, and whether it may have arrived: what overtook it waits until
 * then, and asks. For the files of `models` only.
 */
export async function giveBack(
  claim: Pick<OutboxRow, 'intent' | 'token'>,
  change: Parameters<typeof Outbox.update>[1],
  { attempted }: { readonly attempted: boolean },
): Promise<void> {
  const given = await Outbox.update(claimed(claim), change);
  if (given.matchedCount > 0) return;
  const { intent, token } = claim;
  const inc = { attempts: attempted ? undefined : -1 };
  await Outbox.update({ intent, token, state: 'DROPPED' }, { set: NOBODY, inc });
}

/** A delivery whose claim ran out may have been sent by somebody else since. */
function claimed({ intent, token }: Pick<OutboxRow, 'intent' | 'token'>) {
  return { intent, token, state: 'PENDING' as const };
}

/** What takes longer than a claim goes on: answers whether it still is its own. */
export async function keepClaim(claim: Pick<OutboxRow, 'intent' | 'token'>, machine: number): Promise<boolean> {
  const { matchedCount } = await Outbox.update(claimed(claim), { set: { leaseUntil: machine + SEND_LEASE_MS } });
  return matchedCount > 0;
}

/**
 * How many deliveries can be claimed now, or so many of more; when the next is due after that by `clock.now()`; and when one is free
 * that is claimed and due, by `machine()`.
 */
export async function dueSends(now: number, machine: number): Promise<Due> {
  const due = { state: 'PENDING', rank: ANY_RANK, dueAt: { $lte: now } } as const;
  const later = { state: 'PENDING', rank: ANY_RANK, dueAt: { $gt: now } } as const;
  const [rows, next] = await Promise.all([
    Outbox.find(due, { only: ['leaseUntil'], limit: MOST_AT_A_LOOK }),
    Outbox.findOne(later, { only: ['dueAt'], sort: { dueAt: 1 } }),
  ]);
  return { ...claimable(rows, machine), nextAt: next?.dueAt };
}

/** How many deliveries are due, or so many of more, and since when the oldest of them is, by `clock.now()`. */
export async function waitingSends(now: number): Promise<{ count: number; oldestDueAt?: number | undefined }> {
  const due = { state: 'PENDING', rank: ANY_RANK, dueAt: { $lte: now } } as const;
  const rows = await Outbox.find(due, { only: ['dueAt'], sort: { dueAt: 1 }, limit: MOST_AT_A_LOOK });
  return { count: rows.length, oldestDueAt: rows[0]?.dueAt };
}

/** How many jobs are pending that do not wait for a share of the month, or so many of more. */
export async function pendingSends(): Promise<number> {
  const rows = await Outbox.find({ state: 'PENDING' }, { only: ['waitsFor'], limit: MOST_AT_A_LOOK });
  return rows.filter(({ waitsFor }) => waitsFor !== 'budget').length;
}

/** Of these intents those that are not done: they wait, or an operator is to decide about them. */
export async function intentsNotSent(intents: readonly string[], tx: Transaction): Promise<ReadonlySet<string>> {
  const rows = await Outbox.find({ intent: { $in: intents }, state: { $nin: DONE } }, { only: ['intent'], tx });
  return new Set(rows.map(({ intent }) => intent));
}

function withLineAsNow({ outTrackId, line }: Fold): Fold {
  return { outTrackId, line: foldLineNamed(line) };
}
