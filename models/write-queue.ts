import { AppError, type ErrorCode } from '@field/kit/errors';
import type { ClientSession } from 'mongoose';
import { isTogether } from './database.ts';
import { isDuplicateKey } from './duplicate-key.ts';
import { isOwnTransaction } from './single-write.ts';
import { idsIn } from './stored-row.ts';
import { type Met, type StoredWrite, writeTogether } from './write-together.ts';

/** What a write that waits has to come to. */
export interface Musts {
  /** It must meet one document: the transaction has lost a race otherwise. */
  readonly mustMeet?: boolean | undefined;
  /** There must have been none: the transaction is begun anew, and asks first, otherwise. */
  readonly mustMake?: boolean | undefined;
}

/** A write that waits for others of its transaction; `refusedAs`: what it is where a unique index refuses it. */
type Queued = StoredWrite & Musts & { readonly refusedAs?: ErrorCode | undefined };

/** As many are written at once: the store is at work while the next are put together. */
const MOST = 200;

/** Those that may not take for so that they make something: see `mustMake`. */
const asking = new WeakSet<ClientSession>();

const queues = new WeakMap<ClientSession, Queued[]>();
/** What a transaction failed with as it wrote: also where that is swallowed it is not committed. */
const failures = new WeakMap<ClientSession, { readonly error: unknown }>();

/** Whether a write of this transaction may wait for its others: until its end, or until something of its collection is read. */
export function mayWait(tx: ClientSession | undefined): tx is ClientSession {
  return tx !== undefined && isOwnTransaction(tx) && isTogether();
}

export async function queue(tx: ClientSession, writes: readonly Queued[]): Promise<void> {
  const waiting = queues.get(tx) ?? [];
  queues.set(tx, waiting);
  waiting.push(...writes);
  if (waiting.length >= MOST) await settle(tx);
}

/** What is asked for: some of a collection, or whatever is in it. */
interface Wanted {
  readonly collection: string;
  readonly ids?: readonly string[] | undefined;
}

/** Writes what waits, if anything of what is wanted does; without that, whatever waits. */
export async function settle(tx: ClientSession, wanted?: Wanted): Promise<void> {
  const failed = failures.get(tx);
  if (failed !== undefined) throw failed.error;
  const waiting = queues.get(tx) ?? [];
  if (waiting.length === 0 || (wanted !== undefined && !waiting.some((write) => mayBeOf(write, wanted)))) return;
  queues.delete(tx);
  try {
    await writeAll(waiting, tx);
  } catch (error) {
    failures.set(tx, { error });
    throw error;
  }
}

async function writeAll(waiting: readonly Queued[], tx: ClientSession): Promise<void> {
  const { met, refused } = await writeTogether(waiting, tx);
  const [toMake, toMeet] = [met.some(isThere), met.some(({ n }, index) => waiting[index]?.mustMeet && n !== 1)];
  if (toMake) asking.add(tx);
  if (toMake || toMeet) throw new AppError('subject.lostRace');
  if (refused === undefined) return;
  const refusedAs = isDuplicateKey(refused) ? waiting[met.length]?.refusedAs : undefined;
  throw refusedAs === undefined ? refused : new AppError(refusedAs, {}, { cause: refused });

  function isThere({ isMade }: Met, index: number): boolean {
    return waiting[index]?.mustMake === true && !isMade;
  }
}

/** A write of one id is of no other. */
function mayBeOf(write: Queued, { collection, ids }: Wanted): boolean {
  if (write.collection !== collection) return false;
  const written = idsIn('document' in write ? write.document : write.filter);
  return ids === undefined || written === undefined || written.some((id) => ids.includes(id));
}

/** Whether what is made with others was there already when this transaction was tried before. */
export function mustAsk(tx: ClientSession): boolean {
  return asking.has(tx);
}

/** Another transaction begins in this session. */
export function askAgain(tx: ClientSession): void {
  asking.delete(tx);
}

/** The transaction begins anew, or is over. */
export function forgetQueue(tx: ClientSession): void {
  queues.delete(tx);
  failures.delete(tx);
}
