import { Long } from 'bson';
import { encode } from './values.ts';

const DOCUMENT = 0x03;
const ARRAY = 0x04;

/** A cursor's answer, made of stored bytes without decoding them. */
export function cursorReply(
  name: 'firstBatch' | 'nextBatch',
  batch: readonly Buffer[],
  id: number,
  ns: string,
): Buffer {
  const array = wrap(batch.map((raw, place) => element(DOCUMENT, String(place), raw)));
  const rest = encode({ id: Long.fromNumber(id), ns });
  const cursor = wrap([element(ARRAY, name, array), rest.subarray(4, -1)]);
  return wrap([element(DOCUMENT, 'cursor', cursor), encode({ ok: 1 }).subarray(4, -1)]);
}

function element(type: number, name: string, body: Buffer): Buffer {
  return Buffer.concat([Buffer.of(type), Buffer.from(`${name}\0`, 'utf8'), body]);
}

function wrap(elements: readonly Buffer[]): Buffer {
  const size = elements.reduce((sum, { length }) => sum + length, 5);
  const head = Buffer.alloc(4);
  head.writeInt32LE(size);
  return Buffer.concat([head, ...elements, Buffer.of(0)], size);
}
