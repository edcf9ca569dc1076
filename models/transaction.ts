import { AppError } from '@field/kit/errors';
import mongoose, { type ClientSession } from 'mongoose';
import { FairTurns } from '../src/work/fair-turns.ts';
import { isDuplicateKey } from './duplicate-key.ts';
import { forgetAhead } from './read-ahead.ts';
import { askTogether } from './read-in-transaction.ts';
import { inSession, SESSIONS } from './sessions.ts';
import { beginWork, forWriting, NeedsTransaction, writesMore } from './single-write.ts';
import { askAgain, forgetQueue, mustAsk, settle } from './write-queue.ts';

/** A running transaction; handed to every model function that must be part of it. */
export type Transaction = ClientSession;

const TRIES = 3;
/** Outlasts a crowd that writes the same document, of which one always commits; a tap's `deadline` may come sooner. */
const TRIES_IN_A_CROWD = 6;
/** Doubled each time: who won the race needs a moment to commit, and trying again before that only loses again. */
const PAUSE_MS = 30;
const COMMIT_TRIES = 3;

/** What is put together while a transaction runs, and written once, at its end, with everything else of it. */
export interface Gathering<Gathered> {
  begin(): Gathered;
  write(gathered: Gathered, tx: Transaction): Promise<void>;
}

const gatherings = new WeakMap<
  Transaction,
  Map<object, { readonly it: unknown; readonly write: () => Promise<void> }>
>();

/** What was put together of this so far in the transaction; it begins afresh with each try. */
export function gathered<Gathered>(tx: Transaction, of: Gathering<Gathered>): Gathered {
  forWriting(tx);
  const all = gatherings.get(tx) ?? new Map<object, { it: unknown; write: () => Promise<void> }>();
  gatherings.set(tx, all);
  const known = all.get(of);
  if (known !== undefined) return known.it as Gathered;
  const it = of.begin();
  all.set(of, { it, write: () => of.write(it, tx) });
  return it;
}

export interface TransactionLimits {
  /** Whose it is: one person's are done a few at a time, however many there are. */
  readonly whose?: string | undefined;
  /** A try is not begun after `until`, by `machine()`; a tap has 1.4 s (architecture 4). */
  readonly deadline?: { readonly machine: () => number; readonly until: number } | undefined;
  /** Once it is given up nothing is committed any more; a commit that is under way may still come through. */
  readonly givenUp?: AbortSignal | undefined;
  /** Work that may write nothing but its last word, which then is begun without a transaction. */
  readonly mayBeSingle?: SingleWrite | undefined;
}

/** Whether work is worth beginning without a transaction, and what it turned out to be. */
export interface SingleWrite {
  readonly isLikely: () => boolean;
  readonly was: (single: boolean) => void;
}

let retried: () => void = () => undefined;

/** Has this called whenever a transaction is begun once more. */
export function onRetry(called: () => void): void {
  retried = called;
}

/** One who waits here holds no connection; one who waits in the store does, and others then wait for theirs. */
const turns = new FairTurns({ atOnce: SESSIONS, each: 4 });

/**
 * Runs `work` in a transaction, up to three times on a lost race or a missed compare-and-set (`conflict` with code
 * `subject.lostRace`), up to six on a transient label. `work` starts afresh each time, so it must hold its effects in itself.
 * An unknown commit result repeats only the commit. No parallel commands inside; no network, file or image work.
 */
export async function inTransaction<T>(
  work: (tx: Transaction) => Promise<T>,
  limits: TransactionLimits = {},
): Promise<T> {
  const giveBack = await turns.take(limits.whose, limits.givenUp);
  try {
    return await inSession((session) => tryUntilCommitted(session, work, limits));
  } finally {
    giveBack();
  }
}

async function tryUntilCommitted<T>(
  session: ClientSession,
  work: (tx: Transaction) => Promise<T>,
  limits: TransactionLimits,
): Promise<T> {
  const { deadline, givenUp, mayBeSingle } = limits;
  askAgain(session);
  askTogether(session);
  const single = mayBeSingle?.isLikely() ? await tryAsSingleWrite(session, work, limits) : undefined;
  if (single !== undefined) return single.result;
  let asking = 0;
  for (let attempt = 1; ; attempt += 1) {
    try {
      session.startTransaction();
      beginAnew(session, true);
      const result = await work(session);
      for (const { write } of gatherings.get(session)?.values() ?? []) await write();
      await settle(session);
      givenUp?.throwIfAborted();
      await commit(session);
      mayBeSingle?.was(!writesMore(session));
      return result;
    } catch (error) {
      if (session.inTransaction()) await session.abortTransaction().catch(() => undefined);
      const late = deadline !== undefined && deadline.machine() >= deadline.until;
      if (!mayTryAgain(error) || givenUp?.aborted) throw error;
      const tries = hasLabel(error, 'TransientTransactionError') ? TRIES_IN_A_CROWD : TRIES;
      if (attempt >= tries + asking || late) throw asRetryable(error);
      if (asking === 0 && mustAsk(session)) {
        // nobody else was in its way
        asking = 1;
        continue;
      }
    }
    retried();
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * 2 ** (attempt - 1)));
  }
}

/** Undefined where it needs a transaction, and where anything else went wrong that may be tried again in one. */
async function tryAsSingleWrite<T>(
  session: ClientSession,
  work: (tx: Transaction) => Promise<T>,
  { givenUp, mayBeSingle }: TransactionLimits,
): Promise<{ readonly result: T } | undefined> {
  try {
    beginAnew(session, false, givenUp);
    return { result: await work(session) };
  } catch (error) {
    if (error instanceof AppError && error.code !== 'subject.lostRace') throw error;
    if (error instanceof NeedsTransaction) mayBeSingle?.was(false);
    return undefined;
  }
}

function beginAnew(session: ClientSession, inTransaction: boolean, givenUp?: AbortSignal): void {
  beginWork(session, inTransaction, givenUp);
  forgetAhead(session);
  gatherings.delete(session);
  forgetQueue(session);
}

async function commit(session: ClientSession): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await session.commitTransaction();
      return;
    } catch (error) {
      if (attempt >= COMMIT_TRIES || !hasLabel(error, 'UnknownTransactionCommitResult')) throw error;
    }
  }
}

function mayTryAgain(error: unknown): boolean {
  if (error instanceof AppError) return error.code === 'subject.lostRace';
  return hasLabel(error, 'TransientTransactionError') || isDuplicateKey(error);
}

function asRetryable(error: unknown): AppError {
  return error instanceof AppError ? error : new AppError('store.transient', {}, { cause: error });
}

function hasLabel(error: unknown, label: string): boolean {
  return error instanceof mongoose.mongo.MongoError && error.hasErrorLabel(label);
}

/** Turns a missed compare-and-set into the conflict that `inTransaction` tries again. */
export function mustHaveMatched<T>(found: T | null | undefined): T {
  if (found === null || found === undefined) throw new AppError('subject.lostRace');
  return found;
}
