import { badValue } from './mongo-error.ts';
import { compareValues, equalValues, rankOf, textKey } from './ordered-key.ts';
import { type Path, parsePath, reaches } from './paths.ts';
import { asDoc, asFlag, asInteger, type Doc, isDoc, isNumber } from './values.ts';

type Test = (value: unknown) => boolean;

/** One condition on one path. */
export type Leaf = { path: Path; by: '$eq' | '$gt' | '$gte' | '$lt' | '$lte' | '$in' | '$exists'; operand: unknown };

/** A compiled filter. What passes meets every leaf; `exact` when to meet them all is to pass. */
export type Filter = { test: Test; leaves: readonly Leaf[]; exact: boolean };

/** Compiles a filter with MongoDB's meaning of arrays, missing values and types; BadValue for what is outside the cut. */
export function parseFilter(filter: unknown): Filter {
  return allOf(Object.entries(asDoc(filter, 'filter')).map(([name, value]) => topLevel(name, value)));
}

function topLevel(name: string, value: unknown): Filter {
  if (!name.startsWith('$')) {
    const path = parsePath(name);
    return isOperators(value) ? operators(path, value) : operator(path, '$eq', value);
  }
  if (name !== '$and' && name !== '$or') throw badValue(`unknown top level operator: ${name}`);
  if (!Array.isArray(value) || value.length === 0) throw badValue(`${name} must be a nonempty array`);
  if (!value.every(isDoc)) throw badValue(`${name} entries need to be full objects`);
  const parts = value.map((part) => parseFilter(part));
  return name === '$and' || parts.length === 1 ? allOf(parts) : only((doc) => parts.some(({ test }) => test(doc)));
}

function allOf(parts: readonly Filter[]): Filter {
  const leaves = parts.flatMap((part) => part.leaves);
  return { leaves, exact: parts.every(({ exact }) => exact), test: (value) => parts.every(({ test }) => test(value)) };
}

/** A condition that says nothing that an index could use. */
function only(test: Test): Filter {
  return { test, leaves: [], exact: false };
}

function isOperators(value: unknown): boolean {
  return isDoc(value) && Object.keys(value)[0]?.startsWith('$') === true;
}

function operators(path: Path, spec: unknown): Filter {
  if (!isDoc(spec) || !isOperators(spec)) throw badValue('an expression with operators is needed here');
  return allOf(Object.entries(spec).map(([name, operand]) => operator(path, name, operand)));
}

function operator(path: Path, name: string, operand: unknown): Filter {
  const make = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
  if (make) return make(path, operand);
  throw badValue(`unknown operator: ${name}`);
}

const OPERATORS: Readonly<Record<string, (path: Path, operand: unknown) => Filter>> = {
  $eq: (path, operand) => leaf(path, '$eq', operand, equalTo(operand)),
  $gt: (path, operand) => leaf(path, '$gt', operand, ordered(operand, 1)),
  $gte: (path, operand) => leaf(path, '$gte', operand, ordered(operand, 0, 1)),
  $lt: (path, operand) => leaf(path, '$lt', operand, ordered(operand, -1)),
  $lte: (path, operand) => leaf(path, '$lte', operand, ordered(operand, -1, 0)),
  $in: (path, operand) => leaf(path, '$in', operand, oneOf(operand)),
  $ne: (path, operand) => not(operator(path, '$eq', operand)),
  $nin: (path, operand) => not(operator(path, '$in', operand)),
  $not: (path, operand) => not(operators(path, operand)),
  $exists: (path, operand) => {
    const exists = leaf(path, '$exists', operand, (value) => value !== undefined);
    return asFlag(operand, '$exists') ? exists : not(exists);
  },
  $size: (path, operand) => {
    const size = asInteger(operand ?? '', '$size', 0);
    return onArray(path, (array) => array.length === size);
  },
  $elemMatch: (path, operand) => {
    if (!isDoc(operand)) throw badValue('$elemMatch needs an Object');
    const test = parseElement(operand);
    return onArray(path, (array) => array.some(test));
  },
};

function leaf(path: Path, by: Leaf['by'], operand: unknown, test: Test): Filter {
  // An array inside an array is a value of its own, not opened again.
  const opens = by !== '$exists' && path.length > 0;
  return { test: (value) => reaches(value, path, test, opens), leaves: [{ path, by, operand }], exact: true };
}

function onArray(path: Path, test: (array: unknown[]) => boolean): Filter {
  return only((value) => reaches(value, path, (found) => Array.isArray(found) && test(found), false));
}

function not({ test }: Filter): Filter {
  return only((value) => !test(value));
}

/** Compiles what an element of an array must meet: a filter of documents, or operators on the element itself. */
export function parseElement(spec: Doc): Test {
  const [first] = Object.keys(spec);
  if (first?.startsWith('$') && first !== '$and' && first !== '$or') return operators([], spec).test;
  const { test } = parseFilter(spec);
  return (element) => isDoc(element) && test(element);
}

/** A comparison within the operand's type. NaN is equal to itself and neither less nor greater than anything. */
function ordered(operand: unknown, ...accepted: readonly number[]): Test {
  const rank = rankOf(operand);
  const isNaNumber = (value: unknown): boolean => isNumber(value) && String(value) === 'NaN';
  return (value) => {
    if (rankOf(value) !== rank || isNaNumber(value) !== isNaNumber(operand)) return false;
    return accepted.includes(Math.sign(compareValues(value, operand)));
  };
}

function equalTo(operand: unknown): Test {
  rankOf(operand);
  return (value) => equalValues(value, operand);
}

function oneOf(operand: unknown): Test {
  if (!Array.isArray(operand)) throw badValue('$in and $nin need an array');
  if (operand.some(isOperators)) throw badValue('cannot nest $ under $in');
  const keys = new Set(operand.map(textKey));
  return (value) => keys.has(textKey(value));
}
