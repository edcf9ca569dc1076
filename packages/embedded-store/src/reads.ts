import { commandNamed } from './commands/by-name.ts';
import type { Call } from './commands/command.ts';
import { decode } from './engine/bson-reader.ts';
import { encode } from './engine/bson-writer.ts';
import { Connection } from './engine/connection.ts';
import { Cursors } from './engine/cursors.ts';
import { readCatalog, type View } from './engine/store.ts';
import { inTime } from './engine/time-limit.ts';
import { answerOf } from './failure.ts';

/** A read outside of transactions: `body` is its BSON, `mostMs` how long it may take. */
export type Read = Pick<Call, 'name' | 'db' | 'session' | 'host' | 'opcounters' | 'now'> & {
  body: Uint8Array;
  mostMs: number | undefined;
};

/** Reads what is committed, over a connection of its own that cannot write, and keeps their cursors. */
export class Reads {
  readonly #sql: Connection;
  readonly #cursors: Cursors;
  readonly #ticks: (() => number) | undefined;
  #version: number | undefined;
  #catalog: View['catalog'] = new Map();

  /** `before`: the ids of its cursors begin after it; `ticks` (as they pass): what says how long a read takes. */
  constructor(file: string, before: number, ticks?: () => number) {
    this.#sql = new Connection(file, { readonly: true });
    this.#cursors = new Cursors(before);
    this.#ticks = ticks;
  }

  /** The answer, as BSON. All of one answer is of one moment, after everything that was committed before it was asked. */
  answer(read: Read): Buffer {
    try {
      this.#sql.exec('BEGIN');
      try {
        return this.#answer(read);
      } finally {
        this.#sql.exec('COMMIT');
      }
    } catch (failure) {
      return encode(answerOf(failure));
    }
  }

  #answer({ name, body, mostMs, ...from }: Read): Buffer {
    this.#catalog = this.#catalogNow();
    const view = (): View => ({ sql: this.#sql, catalog: this.#catalog });
    const command = commandNamed(name);
    if (!command || !('read' in command)) throw new Error(`${name} is no read`);
    const call = { ...from, name, body: decode(Buffer.from(body)), cursors: this.#cursors, transaction: undefined };
    const reply = command.read({ ...call, view: inTime(view, mostMs, () => this.#cursors.batches, this.#ticks) });
    return Buffer.isBuffer(reply) ? reply : encode(reply);
  }

  /** The catalog as of the moment that is read. */
  #catalogNow(): View['catalog'] {
    const [version] = this.#sql.first<[number]>('PRAGMA user_version') ?? [0];
    if (this.#version === version) return this.#catalog;
    const catalog = readCatalog(this.#sql);
    this.#version = version;
    return catalog;
  }

  /** Drops the cursors of a session that ended. */
  endSession(session: string): void {
    this.#cursors.drop((cursor) => cursor.session === session);
  }

  /** Drops the cursors that nobody has used since. */
  expire(before: number): void {
    this.#cursors.drop(({ usedAt }) => usedAt < before);
  }

  close(): void {
    this.#sql.close();
  }
}
