import type { Filter, Leaf } from './filter.ts';
import { badValue } from './mongo-error.ts';
import { joinedKey, type Order } from './order.ts';
import { afterPrefix, equalValues, inverted, orderedKey, rankOf, textKey } from './ordered-key.ts';
import { samePath } from './paths.ts';
import type { Collection, Index } from './store.ts';

/** A stretch of keys: from (inclusive) to (exclusive). */
export type KeyRange = { from: Buffer; to: Buffer };

/** What is read: everything in order of storage, the `_id`s, or an index. */
export type Source = 'all' | 'ids' | Index;

/** What is asked: a filter, an order, and perhaps by what it is to be read. */
export type Asked = { filter: Filter; sort?: Order | undefined; by?: Source | undefined };

/** Where candidates are read from: all in order of storage, the `_id`s, or an index; `sorted` when in the order asked. */
export type Plan = { source: Source; ranges: readonly KeyRange[]; sorted: boolean };

const SCORES = { equal: 100, among: 60, bound: 20, ids: 1_000, unique: 5, order: 2 } as const;

/**
 * Chooses the index that narrows the filter most, or takes the one asked for; its ranges hold every match and maybe more: the filter is
 * still to be checked. BadValue when the one asked for holds not every match.
 */
export function planFor(collection: Collection, { filter: { leaves }, sort = [], by }: Asked): Plan {
  let best: Plan = { source: 'all', ranges: [beginningWith(Buffer.of())], sorted: sort.length === 0 };
  let bestScore = 0;
  const usable = leaves.filter(isUsable);
  const consider = (source: 'ids' | Index, fields: Order, bonus: number): void => {
    const { ranges, fixed, score } = narrow(fields, usable);
    const isInOrder = sort.length > 0 && ranges.length === 1 && gives(fields, fixed, sort);
    const total = score + (score > 0 ? bonus : 0) + (isInOrder ? SCORES.order : 0);
    if (by === undefined ? total <= bestScore : by !== source) return;
    bestScore = total;
    best = { source, ranges, sorted: sort.length === 0 || isInOrder };
  };
  consider('ids', [{ path: ['_id'], direction: 1 }], SCORES.ids);
  for (const index of collection.indexes) {
    const holdsAll = index.only?.leaves.every((wanted) => leaves.some((given) => implies(given, wanted))) ?? true;
    if (!holdsAll && index === by) throw badValue('the hinted index is partial and does not hold every match');
    if (holdsAll) consider(index, index.fields, index.unique ? SCORES.unique : 0);
  }
  return best;
}

type Narrowed = { ranges: readonly KeyRange[]; fixed: number; score: number };

/** What of an index can match; `fixed` is how many of its fields have one value. */
function narrow(fields: Order, leaves: readonly Leaf[]): Narrowed {
  const values: unknown[] = [];
  for (const { path } of fields) {
    const equal = leaves.find((leaf) => leaf.by === '$eq' && samePath(leaf.path, path));
    if (!equal) break;
    values.push(equal.operand);
  }
  const fixed = values.length;
  const score = fixed * SCORES.equal;
  const next = fields[fixed];
  const own = leaves.filter((leaf) => samePath(leaf.path, next?.path));
  const among = own.find(({ by }) => by === '$in')?.operand;
  if (Array.isArray(among)) {
    const distinct = new Map(among.map((operand: unknown) => [textKey(operand), operand]));
    const ranges = Array.from(distinct.values(), (operand) => beginningWith(joinedKey(fields, [...values, operand])));
    return { ranges, fixed, score: score + SCORES.among };
  }
  const prefix = joinedKey(fields, values);
  const stretches = own.map((bound) => stretch(prefix, bound, next?.direction === -1));
  const range = stretches.reduce(intersection, beginningWith(prefix));
  return { ranges: [range], fixed, score: score + own.length * SCORES.bound };
}

function beginningWith(prefix: Buffer): KeyRange {
  return { from: prefix, to: afterPrefix(prefix) };
}

/** The keys under `prefix` whose next field is on the right side of a bound, within the bound's type. */
function stretch(prefix: Buffer, { by, operand }: Leaf, descending: boolean): KeyRange {
  const under = (key: Buffer): Buffer => Buffer.concat([prefix, descending ? inverted(key) : key]);
  const type = beginningWith(under(Buffer.of(rankOf(operand))));
  const { from, to } = beginningWith(under(orderedKey(operand)));
  const upward = (by === '$gt' || by === '$gte') !== descending;
  const inclusive = by === '$gte' || by === '$lte';
  return upward ? { from: inclusive ? from : to, to: type.to } : { from: type.from, to: inclusive ? to : from };
}

function intersection(a: KeyRange, b: KeyRange): KeyRange {
  const from = Buffer.compare(a.from, b.from) > 0 ? a.from : b.from;
  return { from, to: Buffer.compare(a.to, b.to) < 0 ? a.to : b.to };
}

/** Whether an index, after its fixed fields, gives the order of a sort. */
function gives(fields: Order, fixed: number, sort: Order): boolean {
  const pinned = fields.slice(0, fixed);
  const left = sort.filter(({ path }) => !pinned.some((field) => samePath(field.path, path)));
  return left.every(({ path, direction }, place) => {
    const next = fields[fixed + place];
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
function implies(given: Leaf, wanted: Leaf): boolean {
  if (!samePath(given.path, wanted.path) || given.by !== wanted.by) return false;
  return given.by === '$exists' || equalValues(given.operand, wanted.operand);
}
