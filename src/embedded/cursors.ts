import { Long } from 'bson';
import { MongoError } from './mongo-error.ts';
import { encode } from './values.ts';

const MAX_BATCH_BYTES = 16 * 1024 * 1024;
const MAX_RESTING_MS = 10 * 60_000;

/** Whose cursor it is; one of a transaction ends with it. */
export interface CursorOwner {
  ns: string;
  session: string | undefined;
  transaction: object | undefined;
}

interface Resting extends CursorOwner {
  rows: Iterator<Buffer>;
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

  /** The answer with the first batch; what is left is kept for `getMore` unless one batch was all that was asked. */
  start(rows: Iterator<Buffer>, owner: CursorOwner, batchSize: number, single: boolean): Buffer {
    const cursor: Resting = { ...owner, rows, usedAt: 0, next: undefined };
    const reply = this.#reply('firstBatch', ++this.#lastId, cursor, batchSize);
    if (single) this.#open.delete(this.#lastId);
    return reply;
  }

  /** The answer with the next batch; error 43 for a cursor that is gone, of another collection or transaction. */
  more(id: number, ns: string, transaction: object | undefined, batchSize: number): Buffer {
    const cursor = this.#open.get(id);
    if (cursor?.ns === ns && cursor.transaction === transaction) return this.#reply('nextBatch', id, cursor, batchSize);
    throw new MongoError(43, 'CursorNotFound', `cursor id ${id} not found`);
  }

  kill(id: number, ns: string): boolean {
    return this.#open.get(id)?.ns === ns && this.#open.delete(id);
  }

  /** Drops the cursors of a session or transaction that ended, and what nobody asked for in ten minutes. */
  drop(owner: { session?: string; transaction?: object } = {}): void {
    for (const [id, { session, transaction, usedAt }] of this.#open) {
      const isOwned = owner.session !== undefined && owner.session === session;
      const isInside = owner.transaction !== undefined && owner.transaction === transaction;
      if (isOwned || isInside || this.#now() - usedAt > MAX_RESTING_MS) this.#open.delete(id);
    }
  }

  /** An answer made of stored bytes without decoding them. */
  #reply(name: 'firstBatch' | 'nextBatch', id: number, cursor: Resting, batchSize: number): Buffer {
    this.#open.delete(id);
    const batch = fill(cursor, batchSize);
    if (cursor.next) this.#open.set(id, { ...cursor, usedAt: this.#now() });
    const rest = encode({ id: Long.fromNumber(cursor.next ? id : 0), ns: cursor.ns });
    const array = wrap(batch.map((raw, place) => element(0x03, String(place), raw)));
    const body = wrap([element(0x04, name, array), rest.subarray(4, -1)]);
    return wrap([element(0x03, 'cursor', body), encode({ ok: 1 }).subarray(4, -1)]);
  }
}

function fill(cursor: Resting, batchSize: number): Buffer[] {
  const batch: Buffer[] = [];
  let bytes = 0;
  for (;;) {
    cursor.next ??= cursor.rows.next().value;
    const { next } = cursor;
    const isFull = batch.length >= batchSize || (batch.length > 0 && bytes + (next?.length ?? 0) > MAX_BATCH_BYTES);
    if (!next || isFull) return batch;
    batch.push(next);
    bytes += next.length;
    cursor.next = undefined;
  }
}

function element(type: number, name: string, body: Buffer): Buffer {
  return Buffer.concat([Buffer.of(type), Buffer.from(`${name}\0`, 'utf8'), body]);
}

function wrap(elements: readonly Buffer[]): Buffer {
  const body = Buffer.concat([...elements, Buffer.of(0)]);
  const head = Buffer.alloc(4);
  head.writeInt32LE(body.length + 4);
  return Buffer.concat([head, body]);
}
