import { Binary, BSONRegExp, Decimal128, Double, Int32, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';
import { type Doc, isDoc, nameOf } from './doc.ts';
import { Kept } from './kept.ts';
import { badValue, MongoError } from './mongo-error.ts';

const MOST_BYTES = 16 * 1024 * 1024;
/** What an answer around a document of 16 MB may have besides. */
const ROOM_AROUND = 64 * 1024;
const FIRST_ROOM = 4_096;
const ANY_LEVEL = 1_000;
const SHORT = 32;
const KEPT_ROOM = 1024 * 1024;

/**
 * Encodes a document. JavaScript's own whole numbers become int32 where they fit, `undefined` null. Errors: 10334 over 16 MB, 15 over
 * so many levels.
 */
export function encode(doc: Doc, mostLevels = ANY_LEVEL): Buffer {
  const writer = writers.pop() ?? new BsonWriter();
  try {
    return writer.encoded(doc, mostLevels);
  } finally {
    if (writers.length === 0) writers.push(writer);
  }
}

/** The one that is not at work. */
const writers: BsonWriter[] = [];

class BsonWriter {
  #bytes = Buffer.allocUnsafeSlow(FIRST_ROOM);
  #at = 0;
  #levels = ANY_LEVEL;

  encoded(doc: Doc, mostLevels: number): Buffer {
    this.#at = 0;
    this.#levels = mostLevels;
    try {
      this.#document(doc);
      if (this.#at > MOST_BYTES) throw tooLarge(this.#at);
      return Buffer.from(this.#bytes.subarray(0, this.#at));
    } finally {
      if (this.#bytes.length > KEPT_ROOM) this.#bytes = Buffer.allocUnsafeSlow(FIRST_ROOM);
    }
  }

  #document(doc: Doc): number {
    const start = this.#open();
    for (const key of Object.keys(doc)) this.#element(nameOf(key), doc[key]);
    return this.#close(start, 0x03);
  }

  #array(array: readonly unknown[]): number {
    const start = this.#open();
    for (let place = 0; place < array.length; place++) this.#element(String(place), array[place]);
    return this.#close(start, 0x04);
  }

  #open(): number {
    if (--this.#levels < 0) throw new MongoError(15, 'Overflow', 'the object has too many levels');
    const start = this.#at;
    this.#room(4);
    this.#at += 4;
    return start;
  }

  #close(start: number, type: number): number {
    this.#levels++;
    this.#byte(0);
    this.#bytes.writeInt32LE(this.#at - start, start);
    return type;
  }

  /** Its type goes before its name, and is known after its value was looked at. */
  #element(name: string, value: unknown): void {
    const at = this.#at;
    this.#byte(0);
    this.#cstring(name);
    const type = this.#value(value);
    this.#bytes[at] = type;
  }

  #value(value: unknown): number {
    if (typeof value === 'string') return this.#string(value);
    if (typeof value === 'number') return this.#value(isInt32(value) ? new Int32(value) : new Double(value));
    if (typeof value === 'boolean') return this.#byte(value ? 1 : 0, 0x08);
    if (value === null || value === undefined) return 0x0a;
    if (Array.isArray(value)) return this.#array(value);
    if (value instanceof Date) return this.#date(value.getTime());
    return this.#wrapped(value);
  }

  #wrapped(value: unknown): number {
    if (isDoc(value)) return this.#document(value);
    if (value instanceof Int32) return this.#int(value.value);
    if (value instanceof Double) return this.#double(value.value);
    if (value instanceof ObjectId) return this.#raw(value.id, 0x07);
    if (value instanceof Binary) return this.#binary(value);
    if (value instanceof Timestamp) return this.#halves(value, 0x11);
    if (value instanceof Long) return this.#halves(value, 0x12);
    if (value instanceof Decimal128) return this.#raw(value.bytes, 0x13);
    if (value instanceof Kept) return this.#raw(value.bytes, value.type);
    if (value instanceof MinKey) return 0xff;
    if (value instanceof MaxKey) return 0x7f;
    if (!(value instanceof BSONRegExp)) throw badValue(`a value of no type of BSON: ${String(value)}`);
    this.#cstring(value.pattern);
    this.#cstring(value.options);
    return 0x0b;
  }

  #room(size: number): void {
    const needed = this.#at + size;
    if (needed <= this.#bytes.length) return;
    if (needed > MOST_BYTES + ROOM_AROUND) throw tooLarge(needed);
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, 2 * this.#bytes.length));
    this.#bytes.copy(larger, 0, 0, this.#at);
    this.#bytes = larger;
  }

  #byte(byte: number, type = 0): number {
    this.#room(1);
    this.#bytes[this.#at++] = byte;
    return type;
  }

  #int(value: number): number {
    this.#room(4);
    this.#at = this.#bytes.writeInt32LE(value, this.#at);
    return 0x10;
  }

  #double(value: number): number {
    this.#room(8);
    this.#at = this.#bytes.writeDoubleLE(value, this.#at);
    return 0x01;
  }

  #date(ms: number): number {
    const high = Math.floor(ms / 2 ** 32);
    return this.#halves({ low: (ms - high * 2 ** 32) | 0, high }, 0x09);
  }

  #halves({ low, high }: { low: number; high: number }, type: number): number {
    this.#int(low);
    this.#int(high);
    return type;
  }

  #raw(bytes: Uint8Array, type: number): number {
    this.#room(bytes.length);
    this.#bytes.set(bytes, this.#at);
    this.#at += bytes.length;
    return type;
  }

  #cstring(text: string): void {
    this.#text(text);
    this.#byte(0);
  }

  #string(text: string): number {
    const start = this.#at;
    this.#room(4);
    this.#at += 4;
    this.#cstring(text);
    this.#bytes.writeInt32LE(this.#at - start - 4, start);
    return 0x02;
  }

  #text(text: string): void {
    this.#room(text.length <= SHORT ? 3 * text.length : Buffer.byteLength(text));
    if (text.length <= SHORT) {
      // a call into Node costs more than so few letters
      let place = 0;
      for (let code = text.charCodeAt(0); place < text.length && code < 0x80; code = text.charCodeAt(++place))
        this.#bytes[this.#at + place] = code;
      if (place === text.length) {
        this.#at += place;
        return;
      }
    }
    this.#at += this.#bytes.write(text, this.#at, 'utf8');
  }

  #binary(value: Binary): number {
    const isOld = value.sub_type === Binary.SUBTYPE_BYTE_ARRAY;
    this.#int(value.length() + (isOld ? 4 : 0));
    this.#byte(value.sub_type);
    if (isOld) this.#int(value.length());
    return this.#raw(value.value(), 0x05);
  }
}

function isInt32(value: number): boolean {
  return (value | 0) === value && !Object.is(value, -0);
}

function tooLarge(bytes: number): MongoError {
  return new MongoError(10334, 'BSONObjectTooLarge', `the object is too large: ${bytes} bytes`);
}
