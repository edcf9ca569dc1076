import type { ClientSession } from 'mongoose';
import { Seen } from './read-ahead.ts';

/** In what something is read: a transaction, or what one that is over has seen. */
export type Reads = ClientSession | Seen;

/**
 * Work that reads, and writes one record as its last, needs no transaction: that write is done or not done as a whole, and holds only while
 * the record is what the work has read. It saves a trip, and keeps nobody else waiting for their turn to write meanwhile.
 */
interface Work {
  readonly inTransaction: boolean;
  readonly givenUp: AbortSignal | undefined;
  writesMore: boolean;
}

/** Thrown where such work writes something else besides: it is begun anew, in a transaction. */
export class NeedsTransaction extends Error {
  override readonly name = 'NeedsTransaction';
}

const works = new WeakMap<ClientSession, Work>();

export function beginWork(tx: ClientSession, inTransaction: boolean, givenUp?: AbortSignal): void {
  works.set(tx, { inTransaction, givenUp, writesMore: false });
}

/** Whether the work is done in a transaction, so that it sees the store as of one moment, and asks one thing after the other. */
export function isInTransaction(tx: Reads): tx is ClientSession {
  return !(tx instanceof Seen) && (works.get(tx)?.inTransaction ?? true);
}

/** Whether `inTransaction` runs the work, and commits it, so that what waits to be written is written before. */
export function isOwnTransaction(tx: ClientSession): boolean {
  return works.get(tx)?.inTransaction === true;
}

/** Whether it has written, or would have, what was not its last. */
export function writesMore(tx: ClientSession): boolean {
  return works.get(tx)?.writesMore ?? true;
}

/** What a command that reads says besides. */
export function forReading(tx: Reads | undefined): Partial<Record<'session', ClientSession>> {
  return tx !== undefined && isInTransaction(tx) ? { session: tx } : {};
}

/** The same for one that writes; `isLast`: nothing of the work is written after it. */
export function forWriting(tx: ClientSession, isLast = false): Partial<Record<'session', ClientSession>> {
  const work = works.get(tx);
  if (work === undefined) return { session: tx };
  work.writesMore ||= !isLast;
  if (work.inTransaction) return { session: tx };
  // also where the refusal of an earlier write was swallowed
  if (work.writesMore) throw new NeedsTransaction();
  work.givenUp?.throwIfAborted();
  return {};
}
