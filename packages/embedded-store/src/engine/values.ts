import { Double, Int32, Long } from 'bson';
import { type Doc, isDoc } from './doc.ts';
import { badValue, typeMismatch, unnamed } from './mongo-error.ts';

/** BSON's name of a value by its wrapper (`Int32`, `ObjectId`, …); undefined for what JavaScript has itself. */
export function bsonType(value: unknown): unknown {
  return typeof value === 'object' && value !== null && !isDoc(value) ? Reflect.get(value, '_bsontype') : undefined;
}

/** Any number; `Decimal128` is one, but is only kept: to compare or add it is refused. */
export function isNumber(value: unknown): boolean {
  // a timestamp is a Long to JavaScript
  if (value instanceof Long) return bsonType(value) === 'Long';
  return value instanceof Int32 || value instanceof Double || bsonType(value) === 'Decimal128';
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
  throw typeMismatch(`Field '${name}' must be a boolean`);
}

/** A document option, empty when it is absent; with `fields`, any other field in it is refused (40415). */
export function asDoc(value: unknown, name: string, fields?: readonly string[]): Doc {
  const doc = value ?? {};
  if (!isDoc(doc)) throw typeMismatch(`Field '${name}' must be an object`);
  const unknown = fields && Object.keys(doc).find((field) => !fields.includes(field));
  if (unknown === undefined) return doc;
  throw unnamed(40415, `BSON field '${name}.${unknown}' is an unknown field.`);
}

/** The sum of two numbers in MongoDB's result type; BadValue beyond 64 bits. */
export function add(a: unknown, b: unknown): Int32 | Long | Double {
  const small = a instanceof Int32 && b instanceof Int32 ? a.value + b.value : Number.NaN;
  if ((small | 0) === small) return new Int32(small);
  return combined(a, b, { whole: (x, y) => x + y, real: (x, y) => x + y });
}

/** The product of two numbers, as `add`. */
export function multiply(a: unknown, b: unknown): Int32 | Long | Double {
  return combined(a, b, { whole: (x, y) => x * y, real: (x, y) => x * y });
}

type Arithmetic = { whole: (a: bigint, b: bigint) => bigint; real: (a: number, b: number) => number };

function combined(a: unknown, b: unknown, { whole, real }: Arithmetic): Int32 | Long | Double {
  if (bsonType(a) === 'Decimal128' || bsonType(b) === 'Decimal128') throw badValue('Decimal128 is only kept here');
  if (a instanceof Double || b instanceof Double) return new Double(real(Number(String(a)), Number(String(b))));
  const result = whole(BigInt(String(a)), BigInt(String(b)));
  if (BigInt.asIntN(64, result) !== result) throw badValue('the result does not fit into 64 bits');
  const isSmall = a instanceof Int32 && b instanceof Int32 && BigInt.asIntN(32, result) === result;
  return isSmall ? new Int32(Number(result)) : Long.fromBigInt(result);
}
