import { joinedKey } from './documents.ts';
import type { Filter, Leaf } from './filter.ts';
import { afterPrefix, equalValues, inverted, orderedKey, rankOf, textKey } from './ordered-key.ts';
import { samePath } from './paths.ts';
import type { Collection, Index, IndexField } from './store.ts';

/** A stretch of keys: from (inclusive) to (exclusive). */
export interface KeyRange {
  from: Buffer;
  to: Buffer;
}

/** Where candidates are read from: all in order of storage, the `_id`s, or an index; `sorted` when in the order asked. */
export interface Plan {
  source: 'all' | 'ids' | Index;
  ranges: readonly KeyRange[];
  backward: boolean;
  sorted: boolean;
}

const SCORES = { equal: 100, among: 60, bound: 20, ids: 1_000, unique: 5, order: 2 } as const;

/**
 * Chooses the index that narrows the filter most; its ranges hold every match and maybe more, so the filter is still to be
 * checked. With arrays in an index only its first field narrows, and by one side: different elements may meet each bound.
 */
export function planFor(collection: Collection, { leaves }: Filter, sort: readonly IndexField[]): Plan {
  let best: Plan = { source: 'all', ranges: [], backward: false, sorted: sort.length === 0 };
  let bestScore = 0;
  const usable = leaves.filter(isUsable);
  const consider = (source: 'ids' | Index, fields: readonly IndexField[], multikey: boolean, bonus: number): void => {
    const { ranges, fixed, score } = narrow(fields, usable, multikey);
    const backward = multikey || ranges.length > 1 ? undefined : isBackward(fields, fixed, sort);
    const total = score + (score > 0 ? bonus : 0) + (backward === undefined ? 0 : SCORES.order);
    if (total <= bestScore) return;
    bestScore = total;
    best = { source, ranges, backward: backward === true, sorted: sort.length === 0 || backward !== undefined };
  };
  consider('ids', [{ path: ['_id'], direction: 1 }], false, SCORES.ids);
  for (const index of collection.indexes) {
    const holdsAll = index.only?.leaves.every((wanted) => leaves.some((given) => implies(given, wanted))) ?? true;
    if (holdsAll) consider(index, index.fields, index.multikey, index.unique ? SCORES.unique : 0);
  }
  return best;
}

interface Narrowed {
  ranges: readonly KeyRange[];
  /** How many fields have one value. */
  fixed: number;
  score: number;
}

function narrow(fields: readonly IndexField[], leaves: readonly Leaf[], multikey: boolean): Narrowed {
  const values: unknown[] = [];
  for (const { path } of multikey ? fields.slice(0, 1) : fields) {
    const equal = leaves.find((leaf) => leaf.by === '$eq' && samePath(leaf.path, path));
    if (!equal) break;
    values.push(equal.operand);
  }
  const fixed = values.length;
  const score = fixed * SCORES.equal;
  const next = multikey && fixed > 0 ? undefined : fields[fixed];
  const own = leaves.filter((leaf) => samePath(leaf.path, next?.path));
  const among = own.find(({ by }) => by === '$in')?.operand;
  if (Array.isArray(among)) {
    const distinct = new Map(among.map((operand: unknown) => [textKey(operand), operand]));
    const ranges = Array.from(distinct.values(), (operand) => beginningWith(joinedKey(fields, [...values, operand])));
    return { ranges, fixed, score: score + SCORES.among };
  }
  const prefix = joinedKey(fields, values);
  const bounds = multikey ? own.slice(0, 1) : own;
  const stretches = bounds.map((bound) => stretch(prefix, bound, next?.direction === -1));
  const range = stretches.reduce(intersection, beginningWith(prefix));
  return { ranges: [range], fixed, score: score + bounds.length * SCORES.bound };
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

/** Whether the index, after its fixed fields, gives the sort forward (false) or backward (true); undefined: neither. */
function isBackward(fields: readonly IndexField[], fixed: number, sort: readonly IndexField[]): boolean | undefined {
  const pinned = fields.slice(0, fixed);
  const left = sort.filter(({ path }) => !pinned.some((field) => samePath(field.path, path)));
  const next = fields.slice(fixed);
  if (sort.length === 0 || !left.every(({ path }, place) => samePath(path, next[place]?.path))) return undefined;
  const turns = new Set(left.map(({ direction }, place) => direction !== next[place]?.direction));
  return turns.size > 1 ? undefined : turns.has(true);
}

/** Arrays are stored by element, and a bound of null is no stretch: neither narrows. */
function isUsable({ by, operand }: Leaf): boolean {
  if (by === '$in') return Array.isArray(operand) && !operand.some(Array.isArray);
  if (by === '$exists' || Array.isArray(operand)) return false;
  return by === '$eq' || (operand !== null && operand !== undefined);
}

/** Whether what meets `given` meets `wanted`: then a partial index that wants it holds every match. */
function implies(given: Leaf, wanted: Leaf): boolean {
  if (!samePath(given.path, wanted.path)) return false;
  if (given.by === wanted.by) return given.by === '$exists' || equalValues(given.operand, wanted.operand);
  if (wanted.by === '$exists') return given.by !== '$in' && given.operand !== null && given.operand !== undefined;
  const accepted: unknown[] = wanted.by === '$in' && Array.isArray(wanted.operand) ? wanted.operand : [];
  return given.by === '$eq' && accepted.some((each) => equalValues(each, given.operand));
}
