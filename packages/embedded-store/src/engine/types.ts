import { isDoc } from './doc.ts';
import { Kept } from './kept.ts';
import { badValue } from './mongo-error.ts';
import { asInteger, bsonType, isNumber } from './values.ts';

/** MongoDB's names of BSON's types, in the order of their numbers from 1. */
const NAMES =
  'double string object array binData undefined objectId bool date null regex dbPointer javascript symbol javascriptWithScope int timestamp long decimal';
const NUMBERED: Readonly<Record<string, number>> = {
  ...Object.fromEntries(NAMES.split(' ').map((name, place) => [name, place + 1])),
  minKey: -1,
  maxKey: 127,
};
/** The name of what holds a value here, where that is another one. */
const HELD: Readonly<Record<string, string>> = {
  BSONRegExp: 'regex',
  Int32: 'int',
  Binary: 'binData',
  Decimal128: 'decimal',
};
const NUMBERS = [1, 16, 18, 19];

/** The number of a value's type; undefined for a missing one. */
function typeOf(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  if (value === null) return 10;
  if (typeof value === 'string') return 2;
  if (typeof value === 'boolean') return 8;
  if (Array.isArray(value)) return 4;
  if (value instanceof Date) return 9;
  if (isDoc(value)) return 3;
  const holder = String(bsonType(value));
  return value instanceof Kept ? value.type : NUMBERED[HELD[holder] ?? holder[0]?.toLowerCase() + holder.slice(1)];
}

/** Whether a value is of one of the types that `$type` names, by number or name. */
export function typeTest(operand: unknown): (value: unknown) => boolean {
  const named = Array.isArray(operand) ? operand : [operand];
  if (named.length === 0) throw badValue('$type must match at least one type');
  const types = new Set(named.flatMap(typesNamed));
  return (value) => types.has(typeOf(value) ?? 0);
}

function typesNamed(name: unknown): number[] {
  if (name === 'number') return NUMBERS;
  const number = isNumber(name) ? asInteger(name, '$type') : undefined;
  const known = number ?? (typeof name === 'string' && Object.hasOwn(NUMBERED, name) ? NUMBERED[name] : undefined);
  if (known !== undefined && Object.values(NUMBERED).includes(known)) return [known];
  throw badValue(`Unknown type name alias: ${String(name)}`);
}
