import { deserialize, ObjectId, serialize } from 'bson';
import { MongoError } from './mongo-error.ts';

/** A document as decoded here: every number keeps its BSON type (`Int32`, `Long`, `Double`, `Decimal128`). */
export type Doc = Record<string, unknown>;

const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;

/** Decodes BSON without promoting any type, so that encoding again gives the same bytes. */
export function decode(raw: Uint8Array): Doc {
  return deserialize(raw, { promoteValues: false, promoteLongs: false, promoteBuffers: false, bsonRegExp: true });
}

/** Encodes a document; 10334 when it is over 16 MB. */
export function encode(doc: Doc): Buffer {
  const bytes = serialize(doc, { ignoreUndefined: false });
  if (bytes.byteLength > MAX_DOCUMENT_BYTES) {
    throw new MongoError('BSONObjectTooLarge', `object to insert too large. size in bytes: ${bytes.byteLength}`);
  }
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** BSON's name of a value, by its wrapper: `Int32`, `ObjectId`, … or undefined for what JavaScript has itself. */
export function bsonType(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const name: unknown = Reflect.get(value, '_bsontype');
  return typeof name === 'string' ? name : undefined;
}

/** An embedded document: no array, no date, no BSON wrapper. */
export function isDoc(value: unknown): value is Doc {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Date) &&
    bsonType(value) === undefined
  );
}

/** Any of the four number types. */
export function isNumber(value: unknown): boolean {
  const type = bsonType(value);
  return type === 'Int32' || type === 'Double' || type === 'Long' || type === 'Decimal128' || typeof value === 'number';
}

/** A number option as a plain JavaScript number, undefined when it is absent; TypeMismatch for anything else. */
export function asInteger(value: unknown, name: string): number | undefined {
  if (value === undefined || value === null) return undefined;
  const number = isNumber(value) ? Number(String(value)) : Number.NaN;
  if (!Number.isSafeInteger(number)) throw new MongoError('TypeMismatch', `Field '${name}' must be an integer`);
  return number;
}

/** A flag option: booleans and numbers as MongoDB takes them. */
export function asFlag(value: unknown, name: string): boolean {
  if (value === undefined || value === null) return false;
  if (typeof value === 'boolean') return value;
  if (isNumber(value)) return Number(String(value)) !== 0;
  throw new MongoError('TypeMismatch', `Field '${name}' must be a boolean`);
}

/** A document option; an empty one when it is absent. */
export function asDoc(value: unknown, name: string): Doc {
  if (value === undefined || value === null) return {};
  if (!isDoc(value)) throw new MongoError('TypeMismatch', `Field '${name}' must be an object`);
  return value;
}

/** The document with its `_id` first, as MongoDB stores it; a missing one is made. */
export function withIdFirst(doc: Doc): Doc {
  const [first] = Object.keys(doc);
  if (first === '_id') return doc;
  const { _id = new ObjectId(), ...rest } = doc;
  return { _id, ...rest };
}
