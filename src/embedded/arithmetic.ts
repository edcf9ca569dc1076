import { Double, Int32, Long } from 'bson';
import { MongoError } from './mongo-error.ts';
import { bsonType } from './values.ts';

const INT32_MIN = -(2 ** 31);
const INT32_MAX = 2 ** 31 - 1;
const INT64_MAX = 2n ** 63n - 1n;

/** The sum of two numbers in MongoDB's result type; BadValue on 64-bit overflow and for `Decimal128` (outside the cut). */
export function add(a: unknown, b: unknown): Int32 | Long | Double {
  if (bsonType(a) === 'Decimal128' || bsonType(b) === 'Decimal128') {
    throw new MongoError('BadValue', 'the embedded store does not calculate with Decimal128');
  }
  if (a instanceof Double || b instanceof Double) return new Double(Number(String(a)) + Number(String(b)));
  const sum = BigInt(String(a)) + BigInt(String(b));
  if (sum > INT64_MAX || sum < -INT64_MAX - 1n) throw new MongoError('BadValue', 'integer overflow in 64 bits');
  const small = a instanceof Int32 && b instanceof Int32 && sum >= INT32_MIN && sum <= INT32_MAX;
  return small ? new Int32(Number(sum)) : Long.fromBigInt(sum);
}
