import { Double, deserialize, Int32, Long, serialize } from 'bson';
import { badValue, MongoError } from './mongo-error.ts';

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

/** Any number; `Decimal128` is one, but is only kept: to compare or add it is refused. */
export function isNumber(value: unknown): boolean {
  return value instanceof Int32 || value instanceof Double || value instanceof Long || bsonType(value) === 'Decimal128';
}

/** A whole-number option, undefined when it is absent. */
export function asInteger(value: unknown, name: string, least = Number.MIN_SAFE_INTEGER): number | undefined {
  if (value === undefined || value === null) return undefined;
  const number = isNumber(value) ? Number(String(value)) : Number.NaN;
  if (Number.isSafeInteger(number) && number >= least) return number;
  throw badValue(`Field '${name}' must be an integer${least >= 0 ? `, ${least} or more` : ''}`);
}

/** A flag option, a boolean or a number; false when it is absent. */
export function asFlag(value: unknown, name: string): boolean {
  if (isNumber(value)) return Number(String(value)) !== 0;
  if (typeof value === 'boolean' || value === undefined || value === null) return value === true;
  throw new MongoError(14, 'TypeMismatch', `Field '${name}' must be a boolean`);
}

/** A document option, empty when it is absent; with `fields`, any other field in it is refused (40415). */
export function asDoc(value: unknown, name: string, fields?: readonly string[]): Doc {
  const doc = value ?? {};
  if (!isDoc(doc)) throw new MongoError(14, 'TypeMismatch', `Field '${name}' must be an object`);
  const unknown = fields && Object.keys(doc).find((field) => !fields.includes(field));
  if (unknown === undefined) return doc;
  throw new MongoError(40415, 'Location40415', `BSON field '${name}.${unknown}' is an unknown field.`);
}

/** The sum of two numbers in MongoDB's result type; BadValue beyond 64 bits. */
export function add(a: unknown, b: unknown): Int32 | Long | Double {
  if (bsonType(a) === 'Decimal128' || bsonType(b) === 'Decimal128') throw badValue('Decimal128 is only kept here');
  if (a instanceof Double || b instanceof Double) return new Double(Number(String(a)) + Number(String(b)));
  const sum = BigInt(String(a)) + BigInt(String(b));
  if (BigInt.asIntN(64, sum) !== sum) throw badValue('the sum does not fit into 64 bits');
  const isSmall = a instanceof Int32 && b instanceof Int32 && BigInt.asIntN(32, sum) === sum;
  return isSmall ? new Int32(Number(sum)) : Long.fromBigInt(sum);
}
