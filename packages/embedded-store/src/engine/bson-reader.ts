import { isUtf8 } from 'node:buffer';
import { Binary, BSONRegExp, Decimal128, Double, Int32, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';
import { type Doc, keyFor } from './doc.ts';
import { Kept } from './kept.ts';
import { badValue, MongoError } from './mongo-error.ts';

/** MongoDB's own limit of what it reads. */
const MOST_LEVELS = 200;
const MOST_DATE_MS = 8_640_000_000_000_000;
const SMALLEST_DOCUMENT = 5;
const SHORT = 24;
/** So many names of fields are kept, each where its letters say. */
const NAMES = 1_024;
const names: (string | undefined)[] = Array(NAMES).fill(undefined);

/**
 * Decodes BSON so that encoding it again gives the same bytes: every number keeps its type, every field its place (`keyFor`), and what
 * JavaScript has nothing for is `Kept`. Errors: 22 for what is no BSON, 15 over 200 levels, 2 for a field that is there twice.
 */
export function decode(raw: Uint8Array): Doc {
  const bytes = Buffer.isBuffer(raw) ? raw : Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const reader = new BsonReader(bytes);
  try {
    const doc = reader.document(1);
    if (reader.at === bytes.length) return doc;
  } catch (failure) {
    if (failure instanceof MongoError) throw failure;
    throw invalid(String(failure));
  }
  throw invalid('bytes after the document');
}

function invalid(what: string): MongoError {
  return new MongoError(22, 'InvalidBSON', `invalid BSON: ${what}`);
}

class BsonReader {
  at = 0;
  readonly #bytes: Buffer;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  document(level: number): Doc {
    const end = this.#end(level);
    const doc: Doc = {};
    for (let type = this.#type(end); type !== 0; type = this.#type(end)) {
      const name = keyFor(this.#name(end));
      const value = this.#value(type, level, end);
      if (name in doc && Object.hasOwn(doc, name))
        throw badValue(`the field '${name}' is there twice: only one can be kept`);
      if (name === '__proto__')
        Object.defineProperty(doc, name, { value, enumerable: true, configurable: true, writable: true });
      else doc[name] = value;
    }
    return doc;
  }

  /** The names of an array's elements say nothing. */
  #array(level: number): unknown[] {
    const end = this.#end(level);
    const array: unknown[] = [];
    for (let type = this.#type(end); type !== 0; type = this.#type(end)) {
      this.#cstring(end);
      array.push(this.#value(type, level, end));
    }
    return array;
  }

  #end(level: number): number {
    if (level > MOST_LEVELS) throw new MongoError(15, 'Overflow', `more than ${MOST_LEVELS} levels`);
    const start = this.at;
    const size = this.#bytes.readInt32LE(start);
    if (size < SMALLEST_DOCUMENT || start + size > this.#bytes.length) throw invalid(`a document of ${size} bytes`);
    this.at += 4;
    return start + size;
  }

  /** The type of the next element; 0 at the very end of what it is in, and only there. */
  #type(end: number): number {
    const type = this.#bytes[this.at++] ?? -1;
    if ((type === 0) !== (this.at === end) || this.at > end)
      throw invalid('a document that ends elsewhere than it says');
    return type;
  }

  /** A field's name: of those that were read lately it is the same text, which V8 finds a place for at once. */
  #name(end: number): string {
    const bytes = this.#bytes;
    const from = this.at;
    let hash = 0;
    let zero = from;
    for (let byte = bytes[zero] ?? 0; zero < end && byte !== 0; byte = bytes[++zero] ?? 0)
      hash = (hash * 31 + byte) | 0;
    const place = hash & (NAMES - 1);
    const known = names[place];
    if (known?.length === zero - from && zero < end) {
      let at = 0;
      while (at < known.length && known.charCodeAt(at) === bytes[from + at]) at++;
      if (at === known.length) {
        this.at = zero + 1;
        return known;
      }
    }
    const name = this.#cstring(end);
    if (zero - from <= SHORT) names[place] = name;
    return name;
  }

  #cstring(end: number): string {
    const from = this.at;
    let zero = from;
    while (zero < end && this.#bytes[zero] !== 0) zero++;
    if (zero >= end) throw invalid('a name without an end');
    this.at = zero + 1;
    return this.#text(from, zero);
  }

  #text(from: number, to: number): string {
    const bytes = this.#bytes;
    if (to - from <= SHORT) {
      // a call into Node costs more than so few letters
      let text = '';
      let at = from;
      for (let byte = bytes[at] ?? 0; at < to && byte < 0x80; byte = bytes[++at] ?? 0)
        text += String.fromCharCode(byte);
      if (at === to) return text;
    }
    if (!isUtf8(bytes.subarray(from, to))) throw invalid('a text that is no UTF-8');
    return bytes.toString('utf8', from, to);
  }

  #string(end: number): string {
    const size = this.#bytes.readInt32LE(this.at);
    const from = this.#skip(4 + size, end) + 4;
    if (size < 1 || this.#bytes[this.at - 1] !== 0) throw invalid('a text without an end');
    return this.#text(from, this.at - 1);
  }

  /** Goes over so many bytes; gives where they begin. */
  #skip(size: number, end: number): number {
    const from = this.at;
    this.at += size;
    if (this.at >= end || size < 0) throw invalid('a value longer than its document');
    return from;
  }

  #part(size: number, end: number): Buffer {
    return this.#bytes.subarray(this.#skip(size, end), this.at);
  }

  #value(type: number, level: number, end: number): unknown {
    const bytes = this.#bytes;
    const from = this.at;
    switch (type) {
      case 0x01:
        return new Double(bytes.readDoubleLE(this.#skip(8, end)));
      case 0x02:
        return this.#string(end);
      case 0x03:
        return this.document(level + 1);
      case 0x04:
        return this.#array(level + 1);
      case 0x05:
        return this.#binary(end);
      case 0x07:
        return new ObjectId(this.#part(12, end));
      case 0x08:
        return this.#boolean(end);
      case 0x09: {
        const ms = bytes.readUInt32LE(this.#skip(8, end)) + bytes.readInt32LE(from + 4) * 2 ** 32;
        return Math.abs(ms) > MOST_DATE_MS ? this.#kept(type, from) : new Date(ms);
      }
      case 0x0a:
        return null;
      case 0x0b: {
        const [pattern, options] = [this.#cstring(end), this.#cstring(end)];
        const regExp = /^[ilmsux]*$/.test(options) ? new BSONRegExp(pattern, options) : undefined;
        return regExp?.options === options ? regExp : this.#kept(type, from);
      }
      case 0x10:
        return new Int32(bytes.readInt32LE(this.#skip(4, end)));
      case 0x11:
        return new Timestamp(bytes.readBigUInt64LE(this.#skip(8, end)));
      case 0x12:
        return new Long(bytes.readInt32LE(this.#skip(8, end)), bytes.readInt32LE(from + 4));
      case 0x13:
        return new Decimal128(this.#part(16, end));
      case 0xff:
        return new MinKey();
      case 0x7f:
        return new MaxKey();
      default:
        this.#passOver(type, level, end);
        return this.#kept(type, from);
    }
  }

  #kept(type: number, from: number): Kept {
    return new Kept(type, this.#bytes.subarray(from, this.at));
  }

  /** The types of old: undefined, DBPointer, code, symbol, code with scope. */
  #passOver(type: number, level: number, end: number): void {
    if (type === 0x06) return;
    const from = this.at;
    const size = type === 0x0f ? this.#bytes.readInt32LE(this.#skip(4, end)) : 0;
    if (![0x0c, 0x0d, 0x0e, 0x0f].includes(type)) throw invalid(`the type ${type}`);
    this.#string(end);
    if (type === 0x0c) this.#skip(12, end);
    if (type !== 0x0f) return;
    this.document(level + 1);
    if (this.at !== from + size) throw invalid('code with another length than it says');
  }

  #boolean(end: number): boolean {
    const byte = this.#bytes[this.#skip(1, end)];
    if (byte !== 0 && byte !== 1) throw invalid(`the boolean ${byte}`);
    return byte === 1;
  }

  #binary(end: number): Binary {
    const size = this.#bytes.readInt32LE(this.at);
    const from = this.#skip(5 + size, end) + 4;
    const subType = this.#bytes[from] ?? 0;
    const isOld = subType === Binary.SUBTYPE_BYTE_ARRAY;
    if (size < 0 || (isOld && this.#bytes.readInt32LE(from + 1) !== size - 4))
      throw invalid('a binary of another length');
    return new Binary(this.#bytes.subarray(from + (isOld ? 5 : 1), this.at), subType);
  }
}
