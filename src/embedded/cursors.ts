import { MongoError } from './mongo-error.ts';

const MAX_BATCH_BYTES = 16 * 1024 * 1024;
const MAX_RESTING_MS = 10 * 60_000;

interface Resting {
  rows: Iterator<Buffer>;
  ns: string;
  session: string | undefined;
  transaction: object | undefined;
  usedAt: number;
  /** Read already, and did not fit into the batch before. */
  next: Buffer | undefined;
}

/** The cursors that clients have open. */
export class Cursors {
  readonly #open = new Map<number, Resting>();
  readonly #now: () => number;
  #lastId = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** The first batch of a result, and the id to ask for more; 0 when there is no more. */
  start(
    rows: Iterator<Buffer>,
    batchSize: number,
    owner: { ns: string; session: string | undefined; transaction: object | undefined },
  ): { batch: Buffer[]; id: number } {
    const cursor: Resting = { ...owner, rows, usedAt: this.#now(), next: undefined };
    const batch = this.#fill(cursor, batchSize);
    if (!batch.more) return { batch: batch.rows, id: 0 };
    const id = ++this.#lastId;
    this.#open.set(id, cursor);
    return { batch: batch.rows, id };
  }

  /** The next batch; error 43 for a cursor that is gone, of another collection or of another transaction. */
  more(id: number, ns: string, transaction: object | undefined, batchSize: number): { batch: Buffer[]; id: number } {
    const cursor = this.#open.get(id);
    if (!cursor || cursor.ns !== ns || cursor.transaction !== transaction) {
      throw new MongoError('CursorNotFound', `cursor id ${id} not found`);
    }
    this.#open.delete(id);
    const batch = this.#fill(cursor, batchSize);
    if (!batch.more) return { batch: batch.rows, id: 0 };
    cursor.usedAt = this.#now();
    this.#open.set(id, cursor);
    return { batch: batch.rows, id };
  }

  kill(id: number, ns: string): boolean {
    return this.#open.get(id)?.ns === ns && this.#open.delete(id);
  }

  /** Drops the cursors of a session or transaction that ended. */
  dropOf(owner: { session?: string; transaction?: object }): void {
    for (const [id, { session, transaction }] of this.#open) {
      const ofSession = owner.session !== undefined && owner.session === session;
      const ofTransaction = owner.transaction !== undefined && owner.transaction === transaction;
      if (ofSession || ofTransaction) this.#open.delete(id);
    }
  }

  /** Drops what nobody asked for in ten minutes. */
  dropIdle(): void {
    for (const [id, { usedAt }] of this.#open) if (this.#now() - usedAt > MAX_RESTING_MS) this.#open.delete(id);
  }

  #fill(cursor: Resting, batchSize: number): { rows: Buffer[]; more: boolean } {
    const rows: Buffer[] = [];
    let bytes = 0;
    for (;;) {
      const next = cursor.next ?? cursor.rows.next().value;
      cursor.next = next;
      if (!next) return { rows, more: false };
      if (rows.length >= batchSize || (rows.length > 0 && bytes + next.length > MAX_BATCH_BYTES)) {
        return { rows, more: true };
      }
      rows.push(next);
      bytes += next.length;
      cursor.next = undefined;
    }
  }
}
