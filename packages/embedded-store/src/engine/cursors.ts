import { Long } from 'bson';
import { encode } from './bson-writer.ts';
import { MongoError } from './mongo-error.ts';

const MAX_BATCH_BYTES = 16 * 1024 * 1024;

/** A result that is being read, of a collection, by a session or inside a transaction; it ends with them. */
export interface Cursor {
  rows: Iterator<Buffer>;
  ns: string;
  session: string;
  transaction: object | undefined;
  usedAt: number;
  /** Read already, and did not fit into the batch before. */
  next?: Buffer | undefined;
}

/** The cursors that clients have open. */
export class Cursors {
  readonly #open = new Map<number, Cursor>();
  #lastId: number;
  /** How many batches were answered. */
  batches = 0;

  /** `before`: the ids begin after it. */
  constructor(before = 0) {
    this.#lastId = before;
  }

  get count(): number {
    return this.#open.size;
  }

  /** The answer with the first batch; what is left is kept for `getMore` unless one batch was all that was asked. */
  start(cursor: Cursor, batchSize: number, single: boolean): Buffer {
    const reply = this.#reply('firstBatch', ++this.#lastId, cursor, batchSize);
    if (single) this.#open.delete(this.#lastId);
    return reply;
  }

  /** The answer with the next batch; error 43 for a cursor that is gone, of another collection or transaction. */
  more(id: number, { ns, transaction, usedAt }: Omit<Cursor, 'rows' | 'session'>, batchSize: number): Buffer {
    const cursor = this.#open.get(id);
    if (cursor?.ns !== ns || cursor.transaction !== transaction)
      throw new MongoError(43, 'CursorNotFound', `cursor id ${id} not found`);
    return this.#reply('nextBatch', id, { ...cursor, usedAt: Math.max(cursor.usedAt, usedAt) }, batchSize);
  }

  kill(id: number, ns: string): boolean {
    return this.#open.get(id)?.ns === ns && this.#open.delete(id);
  }

  /** Drops every cursor that is over. */
  drop(isOver: (cursor: Cursor) => boolean): void {
    for (const [id, cursor] of this.#open) if (isOver(cursor)) this.#open.delete(id);
  }

  /** An answer made of stored bytes without decoding them. */
  #reply(name: 'firstBatch' | 'nextBatch', id: number, cursor: Cursor, batchSize: number): Buffer {
    this.#open.delete(id);
    this.batches++;
    const batch: Buffer[] = [];
    for (let bytes = 0; ; ) {
      cursor.next ??= cursor.rows.next().value;
      bytes += cursor.next?.length ?? 0;
      if (!cursor.next || batch.length >= batchSize || (batch.length > 0 && bytes > MAX_BATCH_BYTES)) break;
      batch.push(cursor.next);
      cursor.next = undefined;
    }
    if (cursor.next) this.#open.set(id, cursor);
    const rest = encode({ id: Long.fromNumber(cursor.next ? id : 0), ns: cursor.ns });
    const array = arrayOf(batch);
    const body = wrap([element(0x04, name, array), rest.subarray(4, -1)]);
    return wrap([element(0x03, 'cursor', body), encode({ ok: 1 }).subarray(4, -1)]);
  }
}

/** The BSON of an array of documents. */
function arrayOf(raws: readonly Buffer[]): Buffer {
  const around = raws.reduce((sum, raw, place) => sum + raw.length + String(place).length + 2, 0);
  const array = Buffer.allocUnsafe(4 + around + 1);
  let at = array.writeInt32LE(array.length);
  for (const [place, raw] of raws.entries()) {
    array[at] = 0x03;
    at += 1 + array.write(String(place), at + 1, 'latin1');
    array[at++] = 0;
    at += raw.copy(array, at);
  }
  array[at] = 0;
  return array;
}

function element(type: number, name: string, body: Buffer): Buffer {
  return Buffer.concat([Buffer.of(type), Buffer.from(`${name}\0`, 'utf8'), body]);
}

function wrap(elements: readonly Buffer[]): Buffer {
  const body = Buffer.concat([Buffer.alloc(4), ...elements, Buffer.of(0)]);
  body.writeInt32LE(body.length);
  return body;
}
