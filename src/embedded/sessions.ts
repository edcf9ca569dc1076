import type { Limits } from './command.ts';
import type { Cursors } from './cursors.ts';
import { MongoError } from './mongo-error.ts';
import type { Store } from './store.ts';
import { asDoc, type Doc, decode, encode } from './values.ts';
import { WriteTurn } from './write-turn.ts';

interface OpenTransaction {
  session: string;
  number: number;
  release: () => void;
  idle: NodeJS.Timeout | undefined;
}

/** Which session and transaction number a command belongs to. */
export interface SessionTag {
  session: string | undefined;
  number: number | undefined;
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
  #open: OpenTransaction | undefined;

  constructor(store: Store, cursors: Cursors, limits: Limits, now: () => number) {
    this.#store = store;
    this.#cursors = cursors;
    this.#limits = limits;
    this.#now = now;
  }

  /** Runs a write in a turn of its own; with a transaction number its outcome is kept, and given again when it comes again. */
  async write(tag: SessionTag, stmtId: number, waitMs: number, run: () => Doc | Buffer): Promise<Doc | Buffer> {
    const release = await this.#turn.take(waitMs);
    try {
      const { session, number } = tag;
      if (session === undefined || number === undefined) return this.#store.inOne(run);
      const known = this.#outcome(session, number);
      const replies = known?.kind === 'write' ? known.replies : {};
      const reply = replies[String(stmtId)];
      if (reply !== undefined) return asDoc(reply, 'reply');
      return this.#store.inOne(() => {
        const fresh = run();
        const answer = Buffer.isBuffer(fresh) ? decode(fresh) : fresh;
        this.#keepOutcome(session, number, 'write', { ...replies, [String(stmtId)]: answer });
        return answer;
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
      if (!Buffer.isBuffer(reply) && reply.writeErrors !== undefined)
        this.#end(transaction, () => this.#store.rollback());
      else this.#rest(transaction);
      return reply;
    } catch (failure) {
      this.#end(transaction, () => this.#store.rollback());
      throw failure;
    }
  }

  /** Makes a transaction durable; a commit that was done already is answered as done. */
  commit(tag: SessionTag): Doc {
    const { session, number } = tag;
    const open = this.#open;
    if (session === undefined || number === undefined || open?.session !== session || open.number !== number) {
      const known = session === undefined || number === undefined ? undefined : this.#outcome(session, number);
      if (known?.kind === 'commit') return { ok: 1 };
      throw noSuchTransaction(number);
    }
    this.#end(open, () => {
      this.#keepOutcome(session, number, 'commit', {});
      this.#store.commit();
    });
    return { ok: 1 };
  }

  abort(tag: SessionTag): Doc {
    this.#end(this.#require(tag), () => this.#store.rollback());
    return { ok: 1 };
  }

  /** Ends sessions that their client gave up: their open transaction and their cursors go. */
  endSessions(sessions: readonly string[]): void {
    for (const session of sessions) {
      if (this.#open?.session === session) this.#end(this.#open, () => this.#store.rollback());
      this.#cursors.dropOf({ session });
    }
  }

  /** Runs upkeep between two turns. */
  async upkeep(run: () => void): Promise<void> {
    const release = await this.#turn.take(this.#limits.turnWaitMs);
    try {
      this.#store.inOne(() => {
        this.#store.writing.sql.run('DELETE FROM outcomes WHERE at < ?', [this.#now() - this.#limits.outcomeKeptMs]);
        run();
      });
    } finally {
      release();
    }
  }

  /** Aborts what is open, for closing. */
  close(): void {
    if (this.#open) this.#end(this.#open, () => this.#store.rollback());
  }

  async #begin({ session, number }: SessionTag): Promise<OpenTransaction> {
    if (session === undefined || number === undefined) throw noSuchTransaction(number);
    if (this.#open?.session === session && this.#open.number < number) {
      this.#end(this.#open, () => this.#store.rollback());
    }
    const release = await this.#turn.take(this.#limits.turnWaitMs);
    const open: OpenTransaction = { session, number, release, idle: undefined };
    try {
      if (this.#outcome(session, number)) {
        throw new MongoError('ConflictingOperationInProgress', `transaction ${number} was used already`);
      }
      this.#store.begin();
    } catch (failure) {
      release();
      throw failure;
    }
    this.#open = open;
    return open;
  }

  #require({ session, number }: SessionTag): OpenTransaction {
    const open = this.#open;
    if (open && open.session === session && open.number === number) return open;
    throw noSuchTransaction(number);
  }

  #rest(transaction: OpenTransaction): void {
    transaction.idle = setTimeout(
      () => this.#end(transaction, () => this.#store.rollback()),
      this.#limits.idleTransactionMs,
    );
  }

  #end(transaction: OpenTransaction, finish: () => void): void {
    clearTimeout(transaction.idle);
    this.#open = undefined;
    this.#cursors.dropOf({ transaction });
    try {
      finish();
    } finally {
      transaction.release();
    }
  }

  #outcome(session: string, number: number): { kind: string; replies: Doc } | undefined {
    const row = this.#store.writing.sql.get('SELECT txn, kind, replies FROM outcomes WHERE session = ?', [session]);
    if (!row || Number(row[0]) < number) return undefined;
    if (Number(row[0]) > number) {
      throw new MongoError(
        'TransactionTooOld',
        `transaction ${number} is older than ${row[0]}, the last of its session`,
      );
    }
    return { kind: String(row[1]), replies: decode(row[2] as Buffer) };
  }

  #keepOutcome(session: string, number: number, kind: 'write' | 'commit', replies: Doc): void {
    this.#store.writing.sql.run(
      'INSERT OR REPLACE INTO outcomes (session, txn, kind, replies, at) VALUES (?, ?, ?, ?, ?)',
      [session, number, kind, encode(replies), this.#now()],
    );
  }
}

function noSuchTransaction(number: number | undefined): MongoError {
  const labels = ['TransientTransactionError'];
  return new MongoError('NoSuchTransaction', `Transaction ${number ?? ''} has been aborted or was never begun`, {
    labels,
  });
}
