import { Double, deserialize, Int32, Long, ObjectId, serialize } from 'bson';
import { badValue, MongoError, typeMismatch } from './mongo-error.ts';

/** A document as decoded here: every number keeps its BSON type (`Int32`, `Long`, `Double`, `Decimal128`). */
export type Doc = Record<string, unknown>;

const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;
const MAX_INT64 = 2n ** 63n - 1n;

/** Decodes BSON without promoting any type, so that encoding again gives the same bytes. */
export function decode(raw: Uint8Array): Doc {
  return deserialize(raw, { promoteValues: false, promoteLongs: false, promoteBuffers: false, bsonRegExp: true });
}

/** Encodes a document; 10334 when it is over 16 MB. */
export function encode(doc: Doc): Buffer {
  const bytes = serialize(doc, { ignoreUndefined: false });
  if (bytes.byteLength <= MAX_DOCUMENT_BYTES) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  throw new MongoError(10334, 'BSONObjectTooLarge', `the object is too large: ${bytes.byteLength} bytes`);
}

/** BSON's name of a value by its wrapper (`Int32`, `ObjectId`, …); undefined for what JavaScript has itself. */
export function bsonType(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, '_bsontype') : undefined;
}

/** An embedded document: no array, no date, no BSON wrapper. */
export function isDoc(value: unknown): value is Doc {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Date) return false;
  return typeof bsonType(value) !== 'string';
}

/** The numbers that the store compares and adds up; `Decimal128` is only kept. */
export function isNumber(value: unknown): boolean {
  return value instanceof Int32 || value instanceof Double || value instanceof Long || typeof value === 'number';
}

export function isDecimal(value: unknown): boolean {
  return bsonType(value) === 'Decimal128';
}

/** A whole-number option, undefined when it is absent. */
export function asInteger(value: unknown, name: string, least = Number.MIN_SAFE_INTEGER): number | undefined {
  if (value === undefined || value === null) return undefined;
  const number = isNumber(value) ? Number(String(value)) : Number.NaN;
  if (!Number.isSafeInteger(number)) throw typeMismatch(`Field '${name}' must be an integer`);
  if (number < least) throw badValue(`Field '${name}' must be at least ${least}`);
  return number;
}

/** A flag option: a boolean, or a number as MongoDB takes it; undefined for any other value. */
export function flagOf(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : isNumber(value) ? Number(String(value)) !== 0 : undefined;
}

/** A flag option, false when it is absent. */
export function asFlag(value: unknown, name: string): boolean {
  const flag = flagOf(value ?? false);
  if (flag === undefined) throw typeMismatch(`Field '${name}' must be a boolean`);
  return flag;
}

/** A document option, empty when it is absent; with `fields`, any other field in it is refused (40415). */
export function asDoc(value: unknown, name: string, fields?: readonly string[]): Doc {
  const doc = value ?? {};
  if (!isDoc(doc)) throw typeMismatch(`Field '${name}' must be an object`);
  const unknown = fields && Object.keys(doc).find((field) => !fields.includes(field));
  if (unknown === undefined) return doc;
  throw new MongoError(40415, 'Location40415', `BSON field '${name}.${unknown}' is an unknown field.`);
}

/** The document with its `_id` first, as MongoDB stores it; a missing one is made. */
export function withIdFirst(doc: Doc): Doc {
  if (Object.keys(doc)[0] === '_id') return doc;
  const { _id = new ObjectId(), ...rest } = doc;
  return { _id, ...rest };
}

/** The sum of two numbers in MongoDB's result type; BadValue beyond 64 bits. */
export function add(a: unknown, b: unknown): Int32 | Long | Double {
  if (isDecimal(a) || isDecimal(b)) throw badValue('the embedded store does not calculate with Decimal128');
  if (a instanceof Double || b instanceof Double) return new Double(Number(String(a)) + Number(String(b)));
  const sum = BigInt(String(a)) + BigInt(String(b));
  if (sum > MAX_INT64 || sum < -MAX_INT64 - 1n) throw badValue('the sum does not fit into 64 bits');
  const isSmall = a instanceof Int32 && b instanceof Int32 && BigInt.asIntN(32, sum) === sum;
  return isSmall ? new Int32(Number(sum)) : Long.fromBigInt(sum);
}
