import { Double } from 'bson';
import type { Filter, Leaf } from './filter.ts';
import { badValue } from './mongo-error.ts';
import type { Order } from './order.ts';
import { afterPrefix, equalValues, inverted, orderedKey, rankOf } from './ordered-key.ts';
import { samePath } from './paths.ts';
import type { Collection, Index } from './store.ts';
import { isNumber } from './values.ts';

/** A stretch of keys: from (inclusive) to (exclusive); all of them begin with the same `shared` bytes. */
export type KeyRange = { from: Buffer; to: Buffer; shared: number };

/** What is read: everything in order of storage, the `_id`s, or an index. */
export type Source = 'all' | 'ids' | Index;

/** What is asked: a filter, an order, whether only the first of it is wanted, and perhaps by what it is to be read. */
export type Asked = {
  filter: Filter;
  sort?: Order | undefined;
  some?: boolean | undefined;
  by?: Source | undefined;
};

/**
 * Where candidates are read from, and whether they come in the order asked: by one range after another, or `merged`, by the next of all
 * ranges in the order of what follows the bytes that its keys share.
 */
export type Plan = {
  source: Source;
  ranges: readonly KeyRange[];
  sorted: boolean;
  merged: boolean;
  /** Its ranges, and the keys in each, are read from the last to the first. */
  backwards: boolean;
  /** What the ranges hold is what matches: nothing of it need be read to be counted. */
  exact: boolean;
};

const SCORES = { equal: 100, among: 60, bound: 20, ids: 1_000, unique: 5, partial: 3, order: 2, first: 25 } as const;
/** The least of all numbers, and neither less nor more than any. */
const NOT_A_NUMBER = orderedKey(new Double(Number.NaN));
/** More are neither made of the values of several fields, nor read side by side. */
const MOST_RANGES = 200;

/**
 * Chooses the index that narrows the filter most, or takes the one asked for; its ranges hold every match and maybe more: the filter is
 * still to be checked. BadValue when the one asked for holds not every match.
 */
export function planFor(
  collection: Collection,
  { filter: { leaves, exact: isAll }, sort = [], some, by }: Asked,
): Plan {
  const isUnsorted = sort.length === 0;
  const whole = [beginningWith(Buffer.of())];
  const saysAll = isAll && leaves.length === 0;
  let best: Plan = {
    source: 'all',
    ranges: whole,
    sorted: isUnsorted,
    merged: false,
    backwards: false,
    exact: saysAll,
  };
  let bestScore = 0;
  const usable = leaves.filter(isUsable);
  const keysOf = keysOfLeaves();
  const upended = sort.map(({ path, direction }): Order[number] => ({ path, direction: direction === 1 ? -1 : 1 }));
  const consider = (source: 'ids' | Index, fields: Order, bonus: number): void => {
    const { count, rangesOf, one, among, score, met } = narrow(fields, usable, keysOf);
    const isGiven = (way: Order, ofSeveral?: Order): boolean => gives(fields, way, one, ofSeveral);
    const forwards = isUnsorted || isGiven(sort);
    const inTurn = forwards || isGiven(upended);
    const canMerge = !inTurn && count <= MOST_RANGES;
    const merged = canMerge && (isGiven(sort, among) || isGiven(upended, among));
    const backwards = inTurn ? !forwards : merged && !isGiven(sort, among);
    const only = source === 'ids' ? undefined : source.only;
    const inOrder = !isUnsorted && (inTurn || merged);
    const order = inOrder ? (some ? SCORES.first : SCORES.order) : 0;
    const total = score + (score > 0 ? bonus : 0) + order + (only ? SCORES.partial : 0);
    if (by === undefined ? total <= bestScore : by !== source) return;
    bestScore = total;
    const holds = [...met, ...(only?.leaves ?? [])];
    const exact = isAll && leaves.every((leaf) => met.includes(leaf) || holds.some((known) => implies(known, leaf)));
    best = { source, ranges: rangesOf(), sorted: inTurn || merged, merged, backwards, exact };
  };
  consider('ids', [{ path: ['_id'], direction: 1 }], SCORES.ids);
  // nothing narrows more than one _id
  if (by === undefined && bestScore >= SCORES.ids + SCORES.equal) return best;
  for (const index of collection.indexes.filter(({ isReady }) => isReady)) {
    const holdsAll = index.only?.leaves.every((wanted) => leaves.some((given) => implies(given, wanted))) ?? true;
    if (!holdsAll && index === by) throw badValue('the hinted index is partial and does not hold every match');
    if (holdsAll) consider(index, index.fields, index.unique ? SCORES.unique : 0);
  }
  return best;
}

/**
 * `one`, `among`: its fields that have one value, or one of several, in each range; `met`: what all keys in these ranges meet. So many ranges, made
 * where they are read: most indexes are looked at and not chosen.
 */
type Narrowed = {
  count: number;
  rangesOf: () => readonly KeyRange[];
  one: Order;
  among: Order;
  score: number;
  met: readonly Leaf[];
};

type KeysOf = (leaf: Leaf, direction: 1 | -1) => readonly Buffer[];

/** What of an index can match: its first fields by their values, then the bounds of the next one. Ranges come in order. */
function narrow(fields: Order, leaves: readonly Leaf[], keysOf: KeysOf): Narrowed {
  const one: Order[number][] = [];
  const among: Order[number][] = [];
  const met: Leaf[] = [];
  const keysOfFields: (readonly Buffer[])[] = [];
  const prefixesOf = (): readonly Buffer[] => keysOfFields.reduce(eachWithEach, [Buffer.of()]);
  let count = 1;
  let score = 0;
  for (const field of fields) {
    const own = leaves.filter(({ path }) => samePath(path, field.path));
    const equal = own.find(({ by }) => by === '$eq');
    const oneOf = equal ? undefined : own.find(({ by }) => by === '$in');
    const leaf = equal ?? oneOf;
    const keys = leaf && keysOf(leaf, field.direction);
    if (!keys || (keys.length > 1 && count > 1 && count * keys.length > MOST_RANGES)) {
      const descending = field.direction === -1;
      const stretched = own.filter(({ by }) => by !== '$in');
      const rangesOf = (): readonly KeyRange[] =>
        prefixesOf().map((prefix) =>
          stretched.map((bound) => stretch(prefix, bound, descending)).reduce(intersection, beginningWith(prefix)),
        );
      score += stretched.length * SCORES.bound;
      return { count, rangesOf, one, among, score, met: [...met, ...stretched] };
    }
    met.push(leaf);
    keysOfFields.push(keys);
    count *= keys.length;
    (equal ? one : among).push(field);
    score += equal ? SCORES.equal : SCORES.among;
  }
  return { count, rangesOf: () => prefixesOf().map(beginningWith), one, among, score, met };
}

function eachWithEach(prefixes: readonly Buffer[], keys: readonly Buffer[]): readonly Buffer[] {
  return prefixes.flatMap((prefix) => (prefix.length === 0 ? keys : keys.map((key) => Buffer.concat([prefix, key]))));
}

/** The keys of what fields are sought by: several indexes may have a field. */
function keysOfLeaves(): KeysOf {
  const known = { 1: new Map<Leaf, readonly Buffer[]>(), [-1]: new Map<Leaf, readonly Buffer[]>() };
  return (leaf, direction) => {
    const keys = known[direction].get(leaf) ?? distinctKeys(leaf, direction);
    known[direction].set(leaf, keys);
    return keys;
  };
}

/** The keys of what is sought in a field's direction, each once and in order. */
function distinctKeys({ by, operand }: Leaf, direction: 1 | -1): readonly Buffer[] {
  const keyIn = (value: unknown): Buffer => (direction === -1 ? inverted(orderedKey(value)) : orderedKey(value));
  if (by === '$eq' || !Array.isArray(operand)) return [keyIn(operand)];
  const distinct = new Map<string, Buffer>();
  for (const value of operand) {
    const key = keyIn(value);
    distinct.set(key.toString('latin1'), key);
  }
  return [...distinct.values()].sort(Buffer.compare);
}

function beginningWith(prefix: Buffer): KeyRange {
  return { from: prefix, to: afterPrefix(prefix), shared: prefix.length };
}

/** The keys under `prefix` whose next field is on the right side of a bound, within the bound's type. */
function stretch(prefix: Buffer, { by, operand }: Leaf, descending: boolean): KeyRange {
  const under = (key: Buffer): Buffer => Buffer.concat([prefix, descending ? inverted(key) : key]);
  const all = beginningWith(under(Buffer.of(rankOf(operand))));
  const none = isNumber(operand) && String(operand) !== 'NaN' ? beginningWith(under(NOT_A_NUMBER)) : undefined;
  const type = descending ? { from: all.from, to: none?.from ?? all.to } : { from: none?.to ?? all.from, to: all.to };
  const { from, to } = beginningWith(under(orderedKey(operand)));
  const upward = (by === '$gt' || by === '$gte') !== descending;
  const inclusive = by === '$gte' || by === '$lte';
  return upward
    ? { from: inclusive ? from : to, to: type.to, shared: prefix.length }
    : { from: type.from, to: inclusive ? to : from, shared: prefix.length };
}

function intersection(a: KeyRange, b: KeyRange): KeyRange {
  const from = Buffer.compare(a.from, b.from) > 0 ? a.from : b.from;
  return { from, to: Buffer.compare(a.to, b.to) < 0 ? a.to : b.to, shared: a.shared };
}

/** Whether an index gives the order of a sort: after fields of one value, or, merged, after some of several values, too. */
function gives(fields: Order, sort: Order, one: Order, among: Order = []): boolean {
  const without = (order: Order, left: Order): Order =>
    order.filter(({ path }) => !left.some((field) => samePath(field.path, path)));
  const free = without(fields, [...one, ...among]);
  return without(sort, one).every(({ path, direction }, place) => {
    const next = free[place];
    return samePath(path, next?.path) && direction === next?.direction;
  });
}

/** An index holds no arrays, and a bound of null is no stretch: neither narrows. */
function isUsable({ by, operand }: Leaf): boolean {
  if (by === '$in') return Array.isArray(operand) && !operand.some(Array.isArray);
  if (by === '$exists' || Array.isArray(operand)) return false;
  return by === '$eq' || (operand !== null && operand !== undefined);
}

/** Whether what meets `given` meets `wanted`: then a partial index that wants it holds every match. */
function implies({ path, by, operand }: Leaf, wanted: Leaf): boolean {
  if (!samePath(path, wanted.path)) return false;
  if (by === wanted.by && (by === '$exists' || equalValues(operand, wanted.operand))) return true;
  if (by === '$in') return Array.isArray(operand) && operand.every((each) => wanted.test(each ?? undefined));
  if (by === '$eq' || wanted.by === '$exists') return by !== '$exists' && wanted.test(operand ?? undefined);
  const isSameSide = by.slice(0, 3) === wanted.by.slice(0, 3);
  return isSameSide && wanted.test(operand);
}
