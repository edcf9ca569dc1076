import { Binary, Int32, ObjectId } from 'bson';
import { isDoc, nameOf } from './doc.ts';
import { badValue } from './mongo-error.ts';
import { bsonType } from './values.ts';

const RANKS: Readonly<Record<string, number>> = { Int32: 0x20, Long: 0x20, Double: 0x20, Binary: 0x60, ObjectId: 0x70 };

/** The first byte of a value's key: MongoDB's order between types. BadValue for types that the store only keeps. */
export function rankOf(value: unknown): number {
  if (typeof value === 'string') return 0x30;
  if (value === undefined || value === null) return 0x10;
  if (Array.isArray(value)) return 0x50;
  if (typeof value === 'boolean') return 0x80;
  if (value instanceof Date) return 0x90;
  const rank = isDoc(value) ? 0x40 : RANKS[String(bsonType(value))];
  if (rank === undefined) throw badValue(`the embedded store cannot compare values of type ${bsonType(value)}`);
  return rank;
}

/** A value as bytes that sort as MongoDB sorts. No key begins another: they may be joined, and inverted for descending. */
export function orderedKey(value: unknown): Buffer {
  return Buffer.concat([Buffer.of(rankOf(value)), ...body(value)]);
}

function body(value: unknown): Buffer[] {
  if (typeof value === 'string') return [terminated(value)];
  if (value instanceof ObjectId) return [Buffer.from(value.id)];
  if (typeof value === 'boolean') return [Buffer.of(value ? 1 : 0)];
  if (Array.isArray(value)) return [...value.map(orderedKey), Buffer.of(0)];
  if (value instanceof Date) return [eightBytes(BigInt(value.getTime()) + (1n << 63n))];
  if (value === undefined || value === null) return [];
  if (isDoc(value)) {
    const keys = Object.entries(value).map(([name, of]) => [
      Buffer.of(rankOf(of)),
      terminated(nameOf(name)),
      orderedKey(of),
    ]);
    return [...keys.flat(), Buffer.of(0)];
  }
  if (!(value instanceof Binary)) return [numberKey(String(value))];
  const head = Buffer.alloc(5, value.sub_type);
  head.writeUInt32BE(value.length());
  return [head, Buffer.from(value.value())];
}

/** The bits of a double, turned so that they sort; NaN first. Integers that a double cannot hold are refused. */
function numberKey(text: string): Buffer {
  const number = Number(text);
  if (/^-?\d{16,}$/.test(text) && BigInt(number) !== BigInt(text)) throw badValue(`cannot compare ${text} exactly`);
  const bytes = Buffer.alloc(8);
  if (Number.isNaN(number)) return bytes;
  bytes.writeDoubleBE(number === 0 ? 0 : number);
  const bits = bytes.readBigUInt64BE();
  return eightBytes(number < 0 ? ~bits : bits | (1n << 63n));
}

function eightBytes(bits: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt.asUintN(64, bits));
  return bytes;
}

/** UTF-8 ended by 00 00; a 00 inside is written 00 01, so that a shorter text sorts first. */
function terminated(text: string): Buffer {
  return Buffer.from(`${text.replaceAll('\0', '\0\x01')}\0\0`, 'utf8');
}

/** MongoDB's order of two values, over all types: negative, zero or positive. */
export function compareValues(a: unknown, b: unknown): number {
  if (a instanceof Int32 && b instanceof Int32) return a.value - b.value;
  return rankOf(a) - rankOf(b) || Buffer.compare(orderedKey(a), orderedKey(b));
}

/** Whether two values are equal as MongoDB has it: numbers by value whatever their type, documents with their key order. */
export function equalValues(a: unknown, b: unknown): boolean {
  if (typeof a === 'string' && typeof b === 'string') return a === b;
  if (a instanceof ObjectId && b instanceof ObjectId) return a.equals(b);
  return compareValues(a, b) === 0;
}

/** A value's key as a text, for a Map. */
export function textKey(value: unknown): string {
  return orderedKey(value).toString('latin1');
}

/** Every byte turned over: the order of a descending field. */
export function inverted(key: Buffer): Buffer {
  return Buffer.from(key.map((byte) => 0xff - byte));
}

/** The smallest bytes after everything that begins with `prefix`. */
export function afterPrefix(prefix: Buffer): Buffer {
  const end = prefix.findLastIndex((byte) => byte !== 0xff);
  return end < 0 ? Buffer.of(0xff) : Buffer.concat([prefix.subarray(0, end), Buffer.of((prefix[end] ?? 0) + 1)]);
}
