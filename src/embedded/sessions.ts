import type { Cursors } from './cursors.ts';
import { MongoError, TRANSIENT } from './mongo-error.ts';
import type { Store } from './store.ts';
import { asDoc, type Doc, decode, encode } from './values.ts';
import { WriteTurn } from './write-turn.ts';

/** The times of the store, in milliseconds. */
export interface Limits {
  turnWaitMs: number;
  idleTransactionMs: number;
  sweepMs: number;
  outcomeKeptMs: number;
}

/** Which session and transaction number a command carries. */
export interface SessionTag {
  session: string | undefined;
  number: number | undefined;
}

interface Transaction {
  session: string;
  number: number;
  release: () => void;
  idle: NodeJS.Timeout | undefined;
}

/**
 * Who may write when. A transaction holds the one write turn from its first command to its end, in one SQLite transaction;
 * every other write takes a turn and a SQLite transaction of its own.
 */
export class Sessions {
  readonly #store: Store;
  readonly #cursors: Cursors;
  readonly #limits: Limits;
  readonly #now: () => number;
  readonly #turn = new WriteTurn();
  #open: Transaction | undefined;

  constructor(store: Store, cursors: Cursors, limits: Limits, now: () => number) {
    this.#store = store;
    this.#cursors = cursors;
    this.#limits = limits;
    this.#now = now;
  }

  /** Runs a write in a turn of its own. With a transaction number its outcome is kept, and given again if it comes again. */
  async write({ session, number }: SessionTag, stmtId: number, run: () => Doc | Buffer): Promise<Doc | Buffer> {
    const release = await this.#turn.take(this.#limits.turnWaitMs);
    try {
      if (session === undefined || number === undefined) return this.#store.inOne(run);
      const known = this.#outcome(session, number);
      const replies = known?.kind === 'write' ? known.replies : {};
      const earlier = replies[stmtId];
      if (earlier !== undefined) return asDoc(earlier, 'reply');
      return this.#store.inOne(() => {
        const fresh = run();
        const reply = Buffer.isBuffer(fresh) ? decode(fresh) : fresh;
        this.#keepOutcome(session, number, 'write', { ...replies, [stmtId]: reply });
        return reply;
      });
    } finally {
      release();
    }
  }

  /** Runs one command of a transaction, opening it at the first; any failure ends the transaction. */
  async inTransaction(
    tag: SessionTag,
    isFirst: boolean,
    run: (transaction: object) => Doc | Buffer,
  ): Promise<Doc | Buffer> {
    const transaction = isFirst ? await this.#begin(tag) : this.#require(tag);
    clearTimeout(transaction.idle);
    try {
      const reply = run(transaction);
      if ('writeErrors' in reply) this.#rollback(transaction);
      else transaction.idle = setTimeout(() => this.#rollback(transaction), this.#limits.idleTransactionMs);
      return reply;
    } catch (failure) {
      this.#rollback(transaction);
      throw failure;
    }
  }

  /** Makes a transaction durable; a commit that was done already is answered as done. */
  commit(tag: SessionTag): Doc {
    const { session, number } = tag;
    const isDone = session !== undefined && number !== undefined && this.#outcome(session, number)?.kind === 'commit';
    if (isDone) return { ok: 1 };
    const transaction = this.#require(tag);
    this.#end(transaction, () => {
      this.#keepOutcome(transaction.session, transaction.number, 'commit', {});
      this.#store.commit();
    });
    return { ok: 1 };
  }

  abort(tag: SessionTag): Doc {
    this.#rollback(this.#require(tag));
    return { ok: 1 };
  }

  /** Ends sessions that their client gave up: their open transaction and their cursors go. */
  endSessions(sessions: readonly string[]): Doc {
    for (const session of sessions) {
      if (this.#open?.session === session) this.#rollback(this.#open);
      this.#cursors.drop({ session });
    }
    return { ok: 1 };
  }

  /** Forgets old outcomes and runs other upkeep, in a turn of its own. */
  async upkeep(run: () => void): Promise<void> {
    await this.write({ session: undefined, number: undefined }, 0, () => {
      this.#store.writing.sql.run('DELETE FROM outcomes WHERE at < ?', [this.#now() - this.#limits.outcomeKeptMs]);
      run();
      return {};
    });
  }

  /** Aborts what is open, for closing. */
  close(): void {
    if (this.#open) this.#rollback(this.#open);
  }

  async #begin({ session, number }: SessionTag): Promise<Transaction> {
    if (session === undefined || number === undefined) throw noSuchTransaction(number);
    if (this.#open?.session === session && this.#open.number < number) this.#rollback(this.#open);
    const release = await this.#turn.take(this.#limits.turnWaitMs);
    try {
      if (this.#outcome(session, number)) {
        throw new MongoError(117, 'ConflictingOperationInProgress', `transaction ${number} was used already`);
      }
      this.#store.begin();
    } catch (failure) {
      release();
      throw failure;
    }
    this.#open = { session, number, release, idle: undefined };
    return this.#open;
  }

  #require({ session, number }: SessionTag): Transaction {
    if (this.#open && this.#open.session === session && this.#open.number === number) return this.#open;
    throw noSuchTransaction(number);
  }

  #rollback(transaction: Transaction): void {
    this.#end(transaction, () => this.#store.rollback());
  }

  #end(transaction: Transaction, finish: () => void): void {
    clearTimeout(transaction.idle);
    this.#open = undefined;
    this.#cursors.drop({ transaction });
    try {
      finish();
    } finally {
      transaction.release();
    }
  }

  #outcome(session: string, number: number): { kind: string; replies: Doc } | undefined {
    const sql = 'SELECT txn, kind, replies FROM outcomes WHERE session = ? AND txn >= ?';
    const [row] = this.#store.writing.sql.all<[number, string, Buffer]>(sql, [session, number]);
    if (!row) return undefined;
    const [last, kind, replies] = row;
    if (last === number) return { kind, replies: decode(replies) };
    throw new MongoError(
      225,
      'TransactionTooOld',
      `transaction ${number} is older than ${last}, the last of its session`,
    );
  }

  #keepOutcome(session: string, number: number, kind: 'write' | 'commit', replies: Doc): void {
    const sql = 'INSERT OR REPLACE INTO outcomes (session, txn, kind, replies, at) VALUES (?, ?, ?, ?, ?)';
    this.#store.writing.sql.run(sql, [session, number, kind, encode(replies), this.#now()]);
  }
}

function noSuchTransaction(number: number | undefined): MongoError {
  const text = `Transaction ${number ?? 'without a number'} has been aborted or was never begun`;
  return new MongoError(251, 'NoSuchTransaction', text, TRANSIENT);
}
