import { BSONRegExp } from 'bson';
import { type Doc, isDoc, keyFor, nameOf } from './doc.ts';
import { badValue } from './mongo-error.ts';
import { compareValues, equalValues, rankOf, textKey } from './ordered-key.ts';
import { type Path, parsePath, reachedAt, type Sought } from './paths.ts';
import { compileRegex } from './regex.ts';
import { typeTest } from './types.ts';
import { asDoc, asFlag, asInteger, isNumber } from './values.ts';

type Test = (value: unknown) => boolean;

/** One condition on one path: some value there passes the test. */
export type Leaf = {
  path: Path;
  by: '$eq' | '$gt' | '$gte' | '$lt' | '$lte' | '$in' | '$exists';
  operand: unknown;
  test: Test;
};

/**
 * A compiled filter. What passes meets every leaf; `exact` when to meet them all is to pass. `places`: where in arrays what passes was
 * found, for `$` in an update.
 */
export type Filter = {
  test: Test;
  leaves: readonly Leaf[];
  exact: boolean;
  places: (value: unknown) => readonly number[];
};

/** Compiles a filter with MongoDB's meaning of arrays, missing values and types; BadValue for what is outside the cut. */
export function parseFilter(filter: unknown): Filter {
  return fieldsOf(asDoc(filter, 'filter'), 0);
}

/** The filter of an array's elements that `arrayFilters` gives: each path begins with the element's own name. */
export function parseArrayFilter(filter: Doc): Test {
  return fieldsOf(filter, 1).test;
}

/** `root`: how many parts at the beginning of each path name what is tested itself. */
function fieldsOf(filter: Doc, root: number): Filter {
  return allOf(Object.entries(filter).flatMap(([name, value]) => topLevel(name, value, root)));
}

function topLevel(name: string, value: unknown, root: number): Filter | [] {
  if (name === '$comment') return [];
  if (!name.startsWith('$')) {
    const path = parsePath(name).slice(root);
    return isOperators(value) ? operators(path, value) : equality(path, value);
  }
  if (name !== '$and' && name !== '$or' && name !== '$nor') throw badValue(`unknown top level operator: ${name}`);
  if (!Array.isArray(value) || value.length === 0) throw badValue(`${name} must be a nonempty array`);
  if (!value.every(isDoc)) throw badValue(`${name} entries need to be full objects`);
  const parts = value.map((part) => fieldsOf(part, root));
  if (name === '$nor') return not(anyOf(parts));
  return name === '$and' || parts.length === 1 ? allOf(parts) : anyOf(parts);
}

function allOf(parts: readonly Filter[]): Filter {
  return {
    leaves: parts.flatMap((part) => part.leaves),
    exact: parts.every(({ exact }) => exact),
    test: (value) => parts.every(({ test }) => test(value)),
    places: (value) => parts.flatMap(({ places }) => places(value)),
  };
}

function anyOf(parts: readonly Filter[]): Filter {
  const places: Filter['places'] = (value) => parts.find(({ test }) => test(value))?.places(value) ?? [];
  return { leaves: [], exact: false, test: (value) => parts.some(({ test }) => test(value)), places };
}

/** A condition that says nothing that an index could use. */
function only(sought: Sought): Filter {
  return { leaves: [], exact: false, ...looking(sought) };
}

function looking(sought: Sought): Pick<Filter, 'test' | 'places'> {
  const places = (value: unknown): number[] => [reachedAt(value, sought) ?? -1].filter((place) => place >= 0);
  return { test: (value) => reachedAt(value, sought) !== undefined, places };
}

function isOperators(value: unknown): boolean {
  // a reference to another document is a value
  return isDoc(value) && /^\$(?!(ref|id|db)$)/.test(Object.keys(value)[0] ?? '');
}

function operators(path: Path, spec: unknown): Filter {
  if (spec instanceof BSONRegExp) return equality(path, spec);
  if (!isDoc(spec) || !isOperators(spec)) throw badValue('an expression with operators is needed here');
  const { $options, ...rest } = spec;
  if ($options !== undefined && rest.$regex === undefined) throw badValue('$options needs a $regex');
  const given = $options === undefined ? rest : { ...rest, $regex: regexOf(rest.$regex, $options) };
  return allOf(Object.entries(given).map(([name, operand]) => operator(path, name, operand)));
}

function regexOf(regex: unknown, options?: unknown): BSONRegExp {
  if (options !== undefined && typeof options !== 'string') throw badValue('$options has to be a string');
  if (typeof regex === 'string') return new BSONRegExp(regex, options ?? '');
  if (!(regex instanceof BSONRegExp)) throw badValue('$regex has to be a string');
  return options === undefined ? regex : new BSONRegExp(regex.pattern, options);
}

function operator(path: Path, name: string, operand: unknown): Filter {
  const make = Object.hasOwn(FILTER_OPERATORS, name) ? FILTER_OPERATORS[name] : undefined;
  if (make) return make(path, operand);
  throw badValue(`unknown operator: ${name}`);
}

/** What a field can be asked. */
export const FILTER_OPERATORS: Readonly<Record<string, (path: Path, operand: unknown) => Filter>> = {
  $eq: (path, operand) => leaf(path, '$eq', operand, equalTo(operand)),
  $gt: (path, operand) => leaf(path, '$gt', operand, ordered(operand, 1)),
  $gte: (path, operand) => leaf(path, '$gte', operand, ordered(operand, 0, 1)),
  $lt: (path, operand) => leaf(path, '$lt', operand, ordered(operand, -1)),
  $lte: (path, operand) => leaf(path, '$lte', operand, ordered(operand, -1, 0)),
  $in: oneOf,
  $ne: (path, operand) => not(operator(path, '$eq', operand)),
  $nin: (path, operand) => not(operator(path, '$in', operand)),
  $not: (path, operand) => not(operators(path, operand)),
  $exists: (path, operand) => {
    const exists = leaf(path, '$exists', operand, (value) => value !== undefined);
    return asFlag(operand, '$exists') ? exists : not(exists);
  },
  $type: (path, operand) => only({ path, test: typeTest(operand), elements: path.length > 0 }),
  $regex: (path, operand) => equality(path, regexOf(operand)),
  $size: (path, operand) => {
    const size = asInteger(operand ?? '', '$size', 0);
    return only({ path, elements: false, test: (value) => Array.isArray(value) && value.length === size });
  },
  $all: (path, operand) => {
    if (!Array.isArray(operand)) throw badValue('$all needs an array');
    if (operand.length === 0) return only({ path, elements: false, test: () => false });
    return allOf(operand.map((each) => (isOperators(each) ? elementMatch(path, each) : equality(path, each))));
  },
  $elemMatch: (path, operand) => {
    if (!isDoc(operand)) throw badValue('$elemMatch needs an Object');
    const test = parseElement(operand);
    const places: Filter['places'] = (value) => {
      let inner = -1;
      const found = (array: unknown): boolean => {
        inner = Array.isArray(array) ? array.findIndex(test) : -1;
        return inner >= 0;
      };
      const outer = reachedAt(value, { path, elements: false, test: found }) ?? -1;
      return [outer >= 0 ? outer : inner].filter((place) => place >= 0);
    };
    return { ...only({ path, elements: false, test: (array) => Array.isArray(array) && array.some(test) }), places };
  },
};

/** In `$all` the only operator is `$elemMatch`. */
function elementMatch(path: Path, each: unknown): Filter {
  const { $elemMatch, ...others } = asDoc(each, '$all');
  if ($elemMatch === undefined || Object.keys(others).length > 0) throw badValue('no $ expressions in $all');
  return operator(path, '$elemMatch', $elemMatch);
}

function equality(path: Path, value: unknown): Filter {
  return value instanceof BSONRegExp
    ? only({ path, test: compileRegex(value), elements: path.length > 0 })
    : operator(path, '$eq', value);
}

function leaf(path: Path, by: Leaf['by'], operand: unknown, test: Test): Filter {
  // An array inside an array is a value of its own, not opened again.
  const elements = by !== '$exists' && path.length > 0;
  return { leaves: [{ path, by, operand, test }], exact: true, ...looking({ path, test, elements }) };
}

function not({ test }: Filter): Filter {
  return { leaves: [], exact: false, test: (value) => !test(value), places: () => [] };
}

/** Compiles what an element of an array must meet: a filter of documents and arrays, or operators on the element itself. */
export function parseElement(spec: Doc): Test {
  const [first = ''] = Object.keys(spec);
  if (isOperators(spec) && !['$and', '$or', '$nor'].includes(first)) return operators([], spec).test;
  const { test } = parseFilter(spec);
  return (element) => (isDoc(element) && test(element)) || (Array.isArray(element) && test(asFields(element)));
}

/** An array as a document: its places are its fields. */
function asFields(array: readonly unknown[]): Doc {
  return Object.fromEntries(array.map((value, place) => [keyFor(String(place)), value]));
}

/** A comparison within the operand's type. NaN is equal to itself and neither less nor greater than anything. */
function ordered(operand: unknown, ...accepted: readonly number[]): Test {
  const rank = rankOf(operand);
  const isNaNumber = (value: unknown): boolean => isNumber(value) && String(value) === 'NaN';
  const isOfNone = isNaNumber(operand);
  return (value) => {
    if (rankOf(value) !== rank || isNaNumber(value) !== isOfNone) return false;
    return accepted.includes(Math.sign(compareValues(value, operand)));
  };
}

function equalTo(operand: unknown): Test {
  rankOf(operand);
  return (value) => equalValues(value, operand);
}

/** One of one is that one, in an upsert too. */
function oneOf(path: Path, operand: unknown): Filter {
  if (!Array.isArray(operand)) throw badValue('$in and $nin need an array');
  if (operand.some((each) => isOperators(each))) throw badValue('cannot nest $ under $in');
  if (operand.length === 1) return equality(path, operand[0]);
  if (operand.some((each) => each instanceof BSONRegExp)) return anyOf(operand.map((each) => equality(path, each)));
  const keys = new Set(operand.map(textKey));
  return leaf(path, '$in', operand, (value) => keys.has(textKey(value)));
}

/** The names of a filter's first parts, for what names something itself. */
export function rootsOf(filter: Doc): string[] {
  return Object.entries(filter).flatMap(([name, value]) =>
    name.startsWith('$') && Array.isArray(value)
      ? value.flatMap((part) => (isDoc(part) ? rootsOf(part) : []))
      : [nameOf(name).split('.')[0] ?? ''],
  );
}
