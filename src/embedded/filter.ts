import { badValue } from './mongo-error.ts';
import { compareValues, equalValues, rankOf, textKey } from './ordered-key.ts';
import { type Path, reaches } from './paths.ts';
import { asFlag, asInteger, bsonType, type Doc, isDoc } from './values.ts';

type Test = (value: unknown) => boolean;

/** One condition on one path. */
export interface Leaf {
  path: Path;
  by: '$eq' | '$gt' | '$gte' | '$lt' | '$lte' | '$in' | '$exists';
  operand: unknown;
}

/** A compiled filter. What passes meets every leaf; `exact` when to meet them all is to pass. */
export interface Filter {
  test: Test;
  leaves: readonly Leaf[];
  exact: boolean;
}

/** Compiles a filter with MongoDB's meaning of arrays, missing values and types; BadValue for what is outside the cut. */
export function parseFilter(filter: Doc): Filter {
  return allOf(Object.entries(filter).map(([name, value]) => topLevel(name, value)));
}

function topLevel(name: string, value: unknown): Filter {
  if (!name.startsWith('$')) {
    if (isOperators(value)) return operators(name.split('.'), value);
    if (bsonType(value) === 'BSONRegExp') throw badValue('unknown operator: $regex');
    return operator(name.split('.'), '$eq', value);
  }
  if (name !== '$and' && name !== '$or') throw badValue(`unknown top level operator: ${name}`);
  if (!Array.isArray(value) || value.length === 0) throw badValue(`${name} must be a nonempty array`);
  if (!value.every(isDoc)) throw badValue(`${name} entries need to be full objects`);
  const parts = value.map(parseFilter);
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
  return bsonType(value) === 'DBRef' || (isDoc(value) && Object.keys(value)[0]?.startsWith('$') === true);
}

function operators(path: Path, spec: unknown): Filter {
  if (!isDoc(spec) || !isOperators(spec)) throw badValue('an expression with operators is needed here');
  return allOf(Object.entries(spec).map(([name, operand]) => operator(path, name, operand)));
}

function operator(path: Path, name: string, operand: unknown): Filter {
  const not = ({ test }: Filter): Filter => only((value) => !test(value));
  const leaf = (by: Leaf['by'], test: Test): Filter => ({
    // An array inside an array is a value of its own, not opened again.
    test: (value) => reaches(value, path, test, by !== '$exists' && path.length > 0),
    leaves: [{ path, by, operand }],
    exact: true,
  });
  const onArray = (test: (array: unknown[]) => boolean): Filter => {
    return only((value) => reaches(value, path, (found) => Array.isArray(found) && test(found), false));
  };
  switch (name) {
    case '$eq':
      rankOf(operand);
      return leaf(name, (value) => equalValues(value, operand));
    case '$gt':
      return leaf(
        name,
        ordered(operand, (order) => order > 0),
      );
    case '$gte':
      return leaf(
        name,
        ordered(operand, (order) => order >= 0),
      );
    case '$lt':
      return leaf(
        name,
        ordered(operand, (order) => order < 0),
      );
    case '$lte':
      return leaf(
        name,
        ordered(operand, (order) => order <= 0),
      );
    case '$in':
      return leaf(name, oneOf(operand));
    case '$ne':
      return not(operator(path, '$eq', operand));
    case '$nin':
      return not(operator(path, '$in', operand));
    case '$not':
      return not(operators(path, operand));
    case '$exists': {
      const exists = leaf(name, (value) => value !== undefined);
      return asFlag(operand, name) ? exists : not(exists);
    }
    case '$size': {
      const size = asInteger(operand, name, 0);
      return onArray((array) => array.length === size);
    }
    case '$elemMatch': {
      if (!isDoc(operand)) throw badValue('$elemMatch needs an Object');
      const test = parseElement(operand);
      return onArray((array) => array.some(test));
    }
    default:
      throw badValue(`unknown operator: ${name}`);
  }
}

/** Compiles what an element of an array must meet: a filter of documents, or operators on the element itself. */
export function parseElement(spec: Doc): Test {
  const [first] = Object.keys(spec);
  if (first?.startsWith('$') && first !== '$and' && first !== '$or') return operators([], spec).test;
  const { test } = parseFilter(spec);
  return (element) => isDoc(element) && test(element);
}

/** A comparison within the operand's type. NaN is equal to itself and neither less nor greater than anything. */
function ordered(operand: unknown, accepts: (order: number) => boolean): Test {
  const rank = rankOf(operand);
  const isNaNumber = (value: unknown): boolean => typeof value !== 'string' && String(value) === 'NaN';
  return (value) => {
    return (
      rankOf(value) === rank && isNaNumber(value) === isNaNumber(operand) && accepts(compareValues(value, operand))
    );
  };
}

function oneOf(operand: unknown): Test {
  if (!Array.isArray(operand)) throw badValue('$in and $nin need an array');
  if (operand.some(isOperators)) throw badValue('cannot nest $ under $in');
  const keys = new Set(operand.map(textKey));
  return (value) => keys.has(textKey(value));
}
