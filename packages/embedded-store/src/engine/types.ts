import { isDoc } from './doc.ts';
import { Kept } from './kept.ts';
import { badValue } from './mongo-error.ts';
import { asInteger, bsonType, isNumber } from './values.ts';

/** BSON's types: number, MongoDB's name of it, and the name of what holds one here, where that has one. */
const TYPES: readonly (readonly [number, string, string?])[] = [
  [1, 'double', 'Double'],
  [2, 'string'],
  [3, 'object'],
  [4, 'array'],
  [5, 'binData', 'Binary'],
  [6, 'undefined'],
  [7, 'objectId', 'ObjectId'],
  [8, 'bool'],
  [9, 'date'],
  [10, 'null'],
  [11, 'regex', 'BSONRegExp'],
  [12, 'dbPointer'],
  [13, 'javascript'],
  [14, 'symbol'],
  [15, 'javascriptWithScope'],
  [16, 'int', 'Int32'],
  [17, 'timestamp', 'Timestamp'],
  [18, 'long', 'Long'],
  [19, 'decimal', 'Decimal128'],
  [-1, 'minKey', 'MinKey'],
  [127, 'maxKey', 'MaxKey'],
];
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
  return value instanceof Kept ? value.type : TYPES.find(([, , holder]) => holder === bsonType(value))?.[0];
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
