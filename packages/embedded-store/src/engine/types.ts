import { isDoc } from './doc.ts';
import { Kept } from './kept.ts';
import { badValue } from './mongo-error.ts';
import { asInteger, bsonType, isNumber } from './values.ts';

/** BSON's types: number and MongoDB's name of it. */
const TYPES: readonly (readonly [number, string])[] = [
  [1, 'double'],
  [2, 'string'],
  [3, 'object'],
  [4, 'array'],
  [5, 'binData'],
  [6, 'undefined'],
  [7, 'objectId'],
  [8, 'bool'],
  [9, 'date'],
  [10, 'null'],
  [11, 'regex'],
  [12, 'dbPointer'],
  [13, 'javascript'],
  [14, 'symbol'],
  [15, 'javascriptWithScope'],
  [16, 'int'],
  [17, 'timestamp'],
  [18, 'long'],
  [19, 'decimal'],
  [-1, 'minKey'],
  [127, 'maxKey'],
];
const WRAPPERS: Readonly<Record<string, number>> = {
  Double: 1,
  Binary: 5,
  ObjectId: 7,
  BSONRegExp: 11,
  Int32: 16,
  Timestamp: 17,
  Long: 18,
  Decimal128: 19,
  MinKey: -1,
  MaxKey: 127,
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
  return value instanceof Kept ? value.type : WRAPPERS[String(bsonType(value))];
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
  const type = TYPES.find(([known, text]) => known === number || text === name);
  if (type) return [type[0]];
  throw badValue(`Unknown type name alias: ${String(name)}`);
}
