import { setImmediate as others } from 'node:timers/promises';
import { encode } from './bson-writer.ts';
import type { Cursors } from './cursors.ts';
import type { Doc } from './doc.ts';
import { MongoError, TRANSIENT } from './mongo-error.ts';
import { isSlices, type Slices } from './slices.ts';
import type { Store } from './store.ts';
import { WriteTurn } from './write-turn.ts';

const MINUTE = 60_000;
/** A transaction that nobody goes on with ends before a write that waits for the turn gives up, and after another transaction has. */
const TURNS = { turnWaitMs: 5_000, idleTransactionMs: 3_000, conflictMs: 2_500, sliceMs: 10 };
const KEPT = { sweepMs: MINUTE, cursorKeptMs: 10 * MINUTE, outcomeKeptMs: 30 * MINUTE };
/** The times of a store that is told no others, in milliseconds. */
export const LIMITS = { ...TURNS, ...KEPT, readHereMs: 10 };
export type Limits = typeof LIMITS;

/** How long work that was begun waits to go on: everybody's turn ends sooner. */
const AGAIN_MS = 3_600_000;

/** The session and the transaction number that a command carries; `number` undefined: neither transaction nor retryable. */
export type SessionTag = { session: string; number: number | undefined };

/** Whoever sends commands, for as long as it is connected. */
export type Peer = { gone: boolean };

/** `idleSince`: when its last command was answered; `idle` ends it after that. */
type Held = { peer: Peer; release: () => void; idle?: NodeJS.Timeout | undefined; idleSince: number };
type Transaction = SessionTag & Held;

/** Who may write when: a transaction holds the one write turn from first command to end, every other write its own turn. */
export class Sessions {
  readonly #store: Store;
  readonly #cursors: Cursors;
  readonly #limits: Limits;
  readonly #turn = new WriteTurn();
  #open: Transaction | undefined;

  constructor(store: Store, cursors: Cursors, limits: Limits) {
    this.#store = store;
    this.#cursors = cursors;
    this.#limits = limits;
  }

  /**
   * Runs a write in a turn of its own; what gives way, in as many turns as others want theirs. With a transaction number its outcome is
   * kept, and given again if it comes again: then it is one turn.
   */
  async write<T extends Doc | Buffer>(tag: SessionTag, now: number, run: () => T | Slices<T>): Promise<T | Buffer> {
    let begun: T | Slices<T> | undefined;
    for (;;) {
      const release = await this.#takeTurn(begun ? AGAIN_MS : undefined);
      try {
        const known = begun ? undefined : this.#outcome(tag, 'write');
        if (known) return known;
        this.#store.begin();
        begun ??= run();
        const reply = isSlices<Doc | Buffer>(begun) ? await this.#slice(begun, tag.number === undefined) : begun;
        this.#store.commit(() => reply && this.#keepOutcome(tag, 'write', reply, now));
        if (reply) return reply as T;
      } catch (failure) {
        this.#store.rollback();
        if (begun && isSlices(begun)) begun.return(undefined as never);
        throw failure;
      } finally {
        release();
      }
    }
  }

  /** Lets others be answered now and then, until the work is done, which gives its result, or may leave the turn to who wants it. */
  async #slice<T>(work: Slices<T>, mayLeave: boolean): Promise<T | undefined> {
    for (let begun = performance.now(); ; ) {
      const { done, value } = work.next();
      if (done) return value;
      if (value) return undefined;
      if (performance.now() - begun < this.#limits.sliceMs) continue;
      await others();
      if (mayLeave && this.#turn.isWanted) return undefined;
      begun = performance.now();
    }
  }

  /** Runs one command of a transaction, opening it at the first; any failure ends the transaction. */
  async inTransaction<T extends Doc | Buffer>(
    tag: SessionTag,
    peer: Peer,
    isFirst: boolean,
    run: (of: object) => T,
  ): Promise<T> {
    const transaction = isFirst ? await this.#begin(tag, peer) : this.#require(tag);
    clearTimeout(transaction.idle);
    transaction.peer = peer;
    try {
      // it went while it waited for its turn: nobody would ever end what begins now
      if (peer.gone) throw noSuchTransaction(tag);
      const reply = run(transaction);
      if (isRefused(reply)) this.#rollback(transaction);
      else transaction.idle = setTimeout(() => this.#rollback(transaction), this.#limits.idleTransactionMs);
      transaction.idleSince = performance.now();
      return reply;
    } catch (failure) {
      this.#rollback(transaction);
      throw failure;
    }
  }

  /** Makes a transaction durable; a commit that was done already is answered as done. */
  commit(tag: SessionTag, now: number): Doc {
    const finish = (): void => this.#store.commit(() => this.#keepOutcome(tag, 'commit', {}, now));
    if (!this.#outcome(tag, 'commit')) this.#end(this.#require(tag), finish);
    return { ok: 1 };
  }

  abort(tag: SessionTag): Doc {
    this.#rollback(this.#require(tag));
    return { ok: 1 };
  }

  /** Ends a session that its client gave up, or the one that writes: its open transaction goes. */
  endSession(session = this.#open?.session): void {
    if (this.#open && this.#open.session === session) this.#rollback(this.#open);
  }

  /**
   * Whoever sent the last command of the open transaction was killed, or only cut off: then its driver goes on over another connection.
   * It may, for as long as nobody else wants the turn.
   */
  peerGone(peer: Peer): void {
    peer.gone = true;
    if (this.#turn.isWanted) this.#endDeserted();
  }

  #endDeserted(): void {
    if (this.#open?.peer.gone) this.#rollback(this.#open);
  }

  /**
   * The turn, in order of asking. `conflictMs`: gives up once a transaction has held it idle for so long while this waited. On MongoDB,
   * too, the first of two transactions goes on, and the second is told of the conflict; tried again it waits as long anew.
   */
  #takeTurn(mostMs = this.#limits.turnWaitMs, conflictMs = Number.POSITIVE_INFINITY): Promise<() => void> {
    this.#endDeserted();
    const since = performance.now();
    return this.#turn.take(() => {
      const now = performance.now();
      const idleSince = Math.max(since, this.#open?.idleSince ?? now);
      return Math.min(since + mostMs, idleSince + conflictMs) - now;
    });
  }

  /** Runs upkeep in a turn of its own, and forgets old outcomes. */
  async upkeep(now: number, run: () => Slices<Doc>): Promise<void> {
    await this.write({ session: '', number: undefined }, now, () => {
      this.#store.writing.sql.run('DELETE FROM outcomes WHERE at < ?', [now - this.#limits.outcomeKeptMs]);
      return run();
    });
  }

  async #begin(tag: SessionTag, peer: Peer): Promise<Transaction> {
    if (tag.number === undefined) throw noSuchTransaction(tag);
    if (this.#open?.session === tag.session && Number(this.#open.number) < tag.number) this.#rollback(this.#open);
    const release = await this.#takeTurn(undefined, this.#limits.conflictMs);
    try {
      if (this.#outcome(tag)) throw new MongoError(117, 'ConflictingOperationInProgress', 'it was used already');
      this.#store.begin();
    } catch (failure) {
      release();
      throw failure;
    }
    this.#open = { ...tag, peer, release, idleSince: performance.now() };
    return this.#open;
  }

  #require(tag: SessionTag): Transaction {
    if (this.#open?.session === tag.session && this.#open.number === tag.number) return this.#open;
    throw noSuchTransaction(tag);
  }

  #rollback(transaction: Transaction): void {
    this.#end(transaction, () => this.#store.rollback());
  }

  #end(transaction: Transaction, finish: () => void): void {
    clearTimeout(transaction.idle);
    this.#open = undefined;
    this.#cursors.drop((cursor) => cursor.transaction === transaction);
    try {
      finish();
    } finally {
      transaction.release();
    }
  }

  /** What came of this number in this session, as that kind; error 225 when the session has gone on to a later one. */
  #outcome({ session, number }: SessionTag, wanted?: 'write' | 'commit'): Buffer | undefined {
    const sql = 'SELECT txn, kind, reply FROM outcomes WHERE session = ? AND txn >= ?';
    const values = [session, number ?? Number.MAX_VALUE];
    const [last = number, kind, reply] = this.#store.writing.sql.first<[number, string, Buffer]>(sql, values) ?? [];
    if (last === number) return wanted && kind !== wanted ? undefined : reply;
    throw new MongoError(225, 'TransactionTooOld', `${number} is older than ${last}, the last of its session`);
  }

  #keepOutcome({ session, number }: SessionTag, kind: 'write' | 'commit', reply: Doc | Buffer, now: number): void {
    if (number === undefined) return;
    const sql = 'INSERT OR REPLACE INTO outcomes (session, txn, kind, reply, at) VALUES (?, ?, ?, ?, ?)';
    const bytes = Buffer.isBuffer(reply) ? reply : encode(reply);
    this.#store.writing.sql.run(sql, [session, number, kind, bytes, now]);
  }
}

/** Whether a write of it was refused, which ends a transaction. */
function isRefused(reply: Doc | Buffer): boolean {
  return 'writeErrors' in reply || ('nErrors' in reply && Number(reply.nErrors) > 0);
}

function noSuchTransaction({ number }: SessionTag): MongoError {
  const text = `Transaction ${number ?? 'without a number'} has been aborted or was never begun`;
  return new MongoError(251, 'NoSuchTransaction', text, TRANSIENT);
}
