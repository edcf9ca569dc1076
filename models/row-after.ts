import { mongo } from 'mongoose';

type Row = Readonly<Record<string, unknown>>;

/** It would have to be asked: a condition or a change that is not known here. */
export const UNTOLD = Symbol('untold');

/**
 * Whether a row as it is stored is meant by a filter, told as the store would tell it. Of the conditions those that models use of what they have
 * read; any other is `UNTOLD`, and so is what lies in a list of objects.
 */
export function isMeant(row: Row, filter: Row): boolean | typeof UNTOLD {
  const told = Object.entries(filter).map(([path, condition]) => holds(valueAt(row, path), condition));
  if (told.includes(false)) return false;
  return told.includes(UNTOLD) ? UNTOLD : true;
}

/** The row as it is stored after an update, which is told in the store's words. */
export function rowAfter<Stored extends Row>(row: Stored, update: Row): Stored | typeof UNTOLD {
  const after: Record<string, unknown> = { ...row };
  for (const [operator, said] of Object.entries(asStored(update))) {
    if (operator === '$setOnInsert') continue;
    for (const [path, value] of Object.entries(Object(said)))
      if (!change(after, path.split('.'), { operator, value })) return UNTOLD;
  }
  return after as Stored;
}

/** As it comes back from the store: what is undefined within it is not there. */
export function asStored<Stored extends Row>(row: Stored): Stored {
  const { serialize, deserialize } = mongo.BSON;
  return deserialize(serialize(row, { ignoreUndefined: true })) as Stored;
}

function holds(value: unknown, condition: unknown): boolean | typeof UNTOLD {
  if (value === UNTOLD) return UNTOLD;
  if (isScalar(condition)) return equals(value, condition);
  if (!isPlain(condition)) return UNTOLD;
  const told = Object.entries(condition).map(([operator, operand]) => compared(value, operator, operand));
  if (told.length === 0 || told.includes(UNTOLD)) return UNTOLD;
  return !told.includes(false);
}

function compared(value: unknown, operator: string, operand: unknown): boolean | typeof UNTOLD {
  switch (operator) {
    case '$exists':
      return typeof operand === 'boolean' ? (value !== undefined) === operand : UNTOLD;
    case '$ne':
      return isScalar(operand) ? not(equals(value, operand)) : UNTOLD;
    case '$in':
      return isAmong(value, operand);
    case '$nin':
      return not(isAmong(value, operand));
    default:
      return UNTOLD;
  }
}

function isAmong(value: unknown, operand: unknown): boolean | typeof UNTOLD {
  if (!Array.isArray(operand) || !operand.every(isScalar)) return UNTOLD;
  const told = operand.map((one) => equals(value, one));
  return told.includes(UNTOLD) ? UNTOLD : told.includes(true);
}

/** A list equals what is in it. */
function equals(value: unknown, scalar: unknown): boolean | typeof UNTOLD {
  if (Array.isArray(value)) return value.every(isScalar) ? value.includes(scalar) : UNTOLD;
  return value === undefined || value === null || isScalar(value) || isPlain(value) ? value === scalar : UNTOLD;
}

function not(told: boolean | typeof UNTOLD): boolean | typeof UNTOLD {
  return told === UNTOLD ? UNTOLD : !told;
}

function change(
  of: Record<string, unknown>,
  [name = '', ...inner]: readonly string[],
  asked: { readonly operator: string; readonly value: unknown },
): boolean {
  const { [name]: before } = of;
  if (inner.length > 0) {
    if (before === undefined && asked.operator === '$unset') return true;
    if (before !== undefined && !isPlain(before)) return false;
    const below = { ...before };
    of[name] = below;
    return change(below, inner, asked);
  }
  const after = changed(before, asked);
  if (after === UNTOLD) return false;
  if (after === undefined) delete of[name];
  else of[name] = after;
  return true;
}

function changed(
  before: unknown,
  { operator, value }: { readonly operator: string; readonly value: unknown },
): unknown {
  switch (operator) {
    case '$set':
      return value;
    case '$unset':
      return undefined;
    case '$inc':
      return numbers(before, value, (one, other) => one + other);
    case '$min':
      return numbers(before, value, Math.min);
    case '$max':
      return numbers(before, value, Math.max);
    case '$push':
      return pushed(before, value);
    default:
      return UNTOLD;
  }
}

function numbers(before: unknown, value: unknown, both: (one: number, other: number) => number): unknown {
  if (!Number.isSafeInteger(value)) return UNTOLD;
  if (before === undefined) return value;
  return Number.isSafeInteger(before) ? both(Number(before), Number(value)) : UNTOLD;
}

function pushed(before: unknown, value: unknown): unknown {
  if (before !== undefined && !Array.isArray(before)) return UNTOLD;
  const list: readonly unknown[] = before ?? [];
  if (!isPlain(value) || value.$each === undefined) return [...list, value];
  const { $each, $slice, ...others } = value;
  if (!Array.isArray($each) || Object.keys(others).length > 0) return UNTOLD;
  if ($slice === undefined) return [...list, ...$each];
  return typeof $slice === 'number' && $slice < 0 ? [...list, ...$each].slice($slice) : UNTOLD;
}

export function valueAt(row: Row, path: string): unknown {
  let value: unknown = row;
  for (const name of path.split('.')) {
    if (value === undefined || value === null || isScalar(value)) return undefined;
    if (!isPlain(value)) return UNTOLD;
    value = value[name];
  }
  return value;
}

function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'boolean' || Number.isSafeInteger(value);
}

/** An object of ours, and none of those that BSON has for a type of its own. */
function isPlain(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
