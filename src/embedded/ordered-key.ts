import { Binary, BSONRegExp, Code, Decimal128, Double, Int32, Long, ObjectId, Timestamp } from 'bson';
import { MongoError } from './mongo-error.ts';
import { numberKey } from './number-key.ts';
import { bsonType, type Doc, isDoc } from './values.ts';

/** The first byte of a key: MongoDB's order between types. An empty array in an index stands as `emptyArray`. */
export const RANK = {
  end: 0x00,
  minKey: 0x01,
  emptyArray: 0x0f,
  null: 0x10,
  number: 0x20,
  string: 0x30,
  object: 0x40,
  array: 0x50,
  binary: 0x60,
  objectId: 0x70,
  boolean: 0x80,
  date: 0x90,
  timestamp: 0xa0,
  regex: 0xb0,
  code: 0xc0,
  maxKey: 0xf0,
} as const;

/** Marks an empty array where an index wants one value of it. */
export const EMPTY_ARRAY = Symbol('empty array');

/** Where a value stands among the types; values of different ranks are never equal. */
export function rankOf(value: unknown): number {
  if (value === undefined || value === null) return RANK.null;
  if (typeof value === 'string') return RANK.string;
  if (typeof value === 'number') return RANK.number;
  if (typeof value === 'boolean') return RANK.boolean;
  if (value === EMPTY_ARRAY) return RANK.emptyArray;
  if (Array.isArray(value)) return RANK.array;
  if (value instanceof Date) return RANK.date;
  switch (bsonType(value)) {
    case undefined:
      return RANK.object;
    case 'Int32':
    case 'Long':
    case 'Double':
    case 'Decimal128':
      return RANK.number;
    case 'BSONSymbol':
      return RANK.string;
    case 'Binary':
      return RANK.binary;
    case 'ObjectId':
      return RANK.objectId;
    case 'Timestamp':
      return RANK.timestamp;
    case 'BSONRegExp':
      return RANK.regex;
    case 'Code':
      return RANK.code;
    case 'MinKey':
      return RANK.minKey;
    case 'MaxKey':
      return RANK.maxKey;
    default:
      throw new MongoError('BadValue', `the embedded store cannot compare values of type ${bsonType(value)}`);
  }
}

/**
 * A value as bytes whose order is MongoDB's order of values over all types. No key is the beginning of another, so keys may
 * be joined (compound indexes) and inverted (descending fields).
 */
export function orderedKey(value: unknown): Buffer {
  const rank = rankOf(value);
  if (rank === RANK.string) return Buffer.concat([Buffer.of(rank), terminated(String(value))]);
  return Buffer.concat([Buffer.of(rank), body(value)]);
}

function body(value: unknown): Buffer {
  if (typeof value === 'boolean') return Buffer.of(value ? 1 : 0);
  if (typeof value === 'number' || value instanceof Int32 || value instanceof Double) return numberKey(Number(value));
  if (value instanceof Long || value instanceof Decimal128) return numberKey(value);
  if (value instanceof Date) return dateKey(value);
  if (value instanceof ObjectId) return Buffer.from(value.id);
  if (Array.isArray(value)) return Buffer.concat([...value.map(orderedKey), Buffer.of(RANK.end)]);
  if (value instanceof Binary) {
    const head = Buffer.alloc(5);
    head.writeUInt32BE(value.length());
    head.writeUInt8(value.sub_type, 4);
    return Buffer.concat([head, value.value()]);
  }
  if (value instanceof Timestamp) {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64BE(value.toBigInt());
    return bytes;
  }
  if (value instanceof BSONRegExp) return Buffer.concat([terminated(value.pattern), terminated(value.options)]);
  if (value instanceof Code) {
    if (value.scope) throw new MongoError('BadValue', 'the embedded store cannot compare code with a scope');
    return terminated(String(value.code));
  }
  return isDoc(value) ? documentKey(value) : Buffer.alloc(0);
}

function documentKey(doc: Doc): Buffer {
  const parts = Object.entries(doc).flatMap(([name, value]) => [
    Buffer.of(rankOf(value)),
    terminated(name),
    orderedKey(value),
  ]);
  return Buffer.concat([...parts, Buffer.of(RANK.end)]);
}

function dateKey(date: Date): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt.asUintN(64, BigInt(date.getTime()) + (1n << 63n)));
  return bytes;
}

/** UTF-8 ended by 00 00; a 00 inside is written 00 FF, so that a shorter text sorts first. */
function terminated(text: string): Buffer {
  if (text.includes('\0')) {
    const escaped = [...Buffer.from(text, 'utf8')].flatMap((byte) => (byte === 0 ? [0, 0xff] : [byte]));
    return Buffer.from([...escaped, 0, 0]);
  }
  return Buffer.from(`${text}\0\0`, 'utf8');
}

/** MongoDB's order of two values, over all types: negative, zero or positive. */
export function compareValues(a: unknown, b: unknown): number {
  if (a instanceof Int32 && b instanceof Int32) return a.value - b.value;
  if (typeof a === 'string' && a === b) return 0;
  const difference = rankOf(a) - rankOf(b);
  return difference !== 0 ? difference : Buffer.compare(orderedKey(a), orderedKey(b));
}

/** Whether two values are equal as MongoDB has it: numbers by value whatever their type, documents with their key order. */
export function equalValues(a: unknown, b: unknown): boolean {
  if (typeof a === 'string' && typeof b === 'string') return a === b;
  if (a instanceof ObjectId && b instanceof ObjectId) return a.equals(b);
  return compareValues(a, b) === 0;
}

/** Every byte turned over: the order of a descending field. */
export function inverted(key: Buffer): Buffer {
  const turned = Buffer.from(key);
  for (let i = 0; i < turned.length; i++) turned[i] = 0xff - (key[i] ?? 0);
  return turned;
}

/** The smallest bytes after everything that begins with `prefix`; undefined when there is none. */
export function afterPrefix(prefix: Buffer): Buffer | undefined {
  for (let last = prefix.length - 1; last >= 0; last--) {
    const byte = prefix[last] ?? 0xff;
    if (byte === 0xff) continue;
    const next = Buffer.from(prefix.subarray(0, last + 1));
    next[last] = byte + 1;
    return next;
  }
  return undefined;
}
