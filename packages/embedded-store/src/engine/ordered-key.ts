import { Binary, Double, Int32, ObjectId } from 'bson';
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
  return joinedKey(ITSELF, () => value);
}

const ITSELF = [{ direction: 1 }] as const;

/** The keys of values one after the other, each in its direction. */
export function joinedKey<P extends { direction: 1 | -1 }>(parts: readonly P[], of: (part: P) => unknown): Buffer {
  at = 0;
  for (const part of parts) {
    const from = at;
    write(of(part));
    if (part.direction === -1) for (let place = from; place < at; place++) room[place] = 0xff - (room[place] ?? 0);
  }
  const key = Buffer.allocUnsafe(at);
  room.copy(key, 0, 0, at);
  if (room.length > KEPT_ROOM) room = Buffer.allocUnsafeSlow(FIRST_ROOM);
  return key;
}

const FIRST_ROOM = 4_096;
const KEPT_ROOM = 1024 * 1024;
const SHORT = 48;

/** Where the next key is written, one at a time: most of the time of a key is that of the buffers between. */
let room = Buffer.allocUnsafeSlow(FIRST_ROOM);
let at = 0;

function ensure(size: number): void {
  if (at + size <= room.length) return;
  const larger = Buffer.allocUnsafeSlow(Math.max(at + size, 2 * room.length));
  room.copy(larger, 0, 0, at);
  room = larger;
}

function byte(value: number): void {
  ensure(1);
  room[at++] = value;
}

function bytes(value: Uint8Array): void {
  ensure(value.length);
  room.set(value, at);
  at += value.length;
}

function write(value: unknown): void {
  byte(rankOf(value));
  if (typeof value === 'string') text(value);
  else if (value === undefined || value === null) return;
  else if (value instanceof Int32) double(value.value);
  else if (value instanceof ObjectId) bytes(value.id);
  else if (typeof value === 'boolean') byte(value ? 1 : 0);
  else if (Array.isArray(value)) {
    for (const element of value) write(element);
    byte(0);
  } else if (value instanceof Date) eightBytes(BigInt(value.getTime()) + (1n << 63n));
  else if (isDoc(value)) {
    for (const [name, of] of Object.entries(value)) {
      byte(rankOf(of));
      text(nameOf(name));
      write(of);
    }
    byte(0);
  } else if (value instanceof Double) double(value.value);
  else if (value instanceof Binary) {
    ensure(5);
    at = room.writeUInt32BE(value.length(), at);
    byte(value.sub_type);
    bytes(value.value());
  } else whole(String(value));
}

/** A Long; those that a double cannot hold are refused. */
function whole(digits: string): void {
  const number = Number(digits);
  if (/^-?\d{16,}$/.test(digits) && BigInt(number) !== BigInt(digits))
    throw badValue(`cannot compare ${digits} exactly`);
  double(number);
}

/** The bits of a double, turned so that they sort; NaN first. */
function double(number: number): void {
  ensure(8);
  if (Number.isNaN(number)) room.fill(0, at, at + 8);
  else {
    room.writeDoubleBE(number === 0 ? 0 : number, at);
    if (number < 0) for (let place = at; place < at + 8; place++) room[place] = 0xff - (room[place] ?? 0);
    else room[at] = (room[at] ?? 0) | 0x80;
  }
  at += 8;
}

function eightBytes(bits: bigint): void {
  ensure(8);
  at = room.writeBigUInt64BE(BigInt.asUintN(64, bits), at);
}

/** UTF-8 ended by 00 00; a 00 inside is written 00 01, so that a shorter text sorts first. */
function text(of: string): void {
  ensure((of.length <= SHORT ? 3 * of.length : Buffer.byteLength(of)) + 2);
  let place = 0;
  if (of.length <= SHORT) {
    // a call into Node costs more than so few letters
    for (let code = of.charCodeAt(0); place < of.length && code > 0 && code < 0x80; code = of.charCodeAt(++place))
      room[at + place] = code;
  }
  if (place === of.length) at += place;
  else if (of.includes('\0')) bytes(Buffer.from(of.replaceAll('\0', '\0\x01'), 'utf8'));
  else at += room.write(of, at, 'utf8');
  byte(0);
  byte(0);
}

/** MongoDB's order of two values, over all types: negative, zero or positive. */
export function compareValues(a: unknown, b: unknown): number {
  if (a instanceof Int32 && b instanceof Int32) return a.value - b.value;
  if (typeof a === 'string' && typeof b === 'string') return compareTexts(a, b);
  return rankOf(a) - rankOf(b) || Buffer.compare(orderedKey(a), orderedKey(b));
}

function compareTexts(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  for (let place = 0; place < shorter; place++) {
    const [one, other] = [a.charCodeAt(place), b.charCodeAt(place)];
    if (one !== other) return asInUtf8(one) - asInUtf8(other);
  }
  return a.length - b.length;
}

/** Halves of what has two come behind all others. */
function asInUtf8(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
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
