import type { Collection, Index, IndexField } from './catalog.ts';
import type { Comparison, Condition } from './filter.ts';
import { joinedKey } from './index-entries.ts';
import { comparison } from './matcher.ts';
import { afterPrefix, compareValues, inverted, orderedKey, RANK, rankOf } from './ordered-key.ts';
import type { Path } from './paths.ts';
import { bsonType } from './values.ts';

/** A stretch of keys: from (inclusive) to (exclusive). */
export interface KeyRange {
  from: Buffer;
  to: Buffer;
}

/** Where candidates are read from: everything in order of storage, the `_id`s, or an index. */
export interface Plan {
  source: 'all' | 'ids' | Index;
  ranges: readonly KeyRange[];
  backward: boolean;
  /** The candidates come in the order that was asked for. */
  sorted: boolean;
}

type Leaf = Extract<Condition, { kind: 'compare' | 'in' }>;

const END = Buffer.of(0xff);
const ID_FIELDS: readonly IndexField[] = [{ path: ['_id'], direction: 1 }];
const WHOLE: readonly KeyRange[] = [{ from: Buffer.alloc(0), to: END }];

/**
 * Chooses the index that narrows the filter most; its ranges hold every match and maybe more, so the filter is still to be
 * checked. With arrays in an index only its first field narrows, and by one side: different elements may meet each bound.
 */
export function planFor(collection: Collection, condition: Condition, sort: readonly IndexField[]): Plan {
  const leaves = indexableLeaves(condition);
  let best: Plan = { source: 'all', ranges: WHOLE, backward: false, sorted: sort.length === 0 };
  let bestScore = 0;
  const consider = (source: 'ids' | Index, fields: readonly IndexField[], multikey: boolean, bonus: number): void => {
    const { ranges, fixed, score } = narrow(fields, leaves, multikey);
    const order = multikey || ranges.length > 1 ? undefined : orderGiven(fields, fixed, sort);
    const total = score + bonus * score + (order !== undefined ? 1 : 0);
    if (total <= bestScore) return;
    bestScore = total;
    best = { source, ranges, backward: order === 'backward', sorted: sort.length === 0 || order !== undefined };
  };
  consider('ids', ID_FIELDS, false, 2);
  for (const index of collection.indexes) {
    if (index.only && !implies(condition, leaves, index.only.condition)) continue;
    consider(index, index.fields, index.multikey, index.unique ? 0.5 : 0);
  }
  return best;
}

function narrow(
  fields: readonly IndexField[],
  leaves: readonly Leaf[],
  multikey: boolean,
): { ranges: readonly KeyRange[]; fixed: number; score: number } {
  const values: unknown[] = [];
  for (const field of multikey ? fields.slice(0, 1) : fields) {
    const equal = leaves.find((leaf) => leaf.kind === 'compare' && leaf.by === 'eq' && samePath(leaf.path, field.path));
    if (equal?.kind !== 'compare') break;
    values.push(equal.operand);
  }
  const fixed = values.length;
  const prefix = joinedKey(fields, values);
  const next = multikey && fixed > 0 ? undefined : fields[fixed];
  const own = next ? leaves.filter((leaf) => samePath(leaf.path, next.path)) : [];
  const among = own.find((leaf) => leaf.kind === 'in');
  if (next && among?.kind === 'in') {
    const keys = new Map(among.operands.map((operand) => [orderedKey(operand).toString('latin1'), operand]));
    const ranges = [...keys.values()]
      .map((operand) => beginningWith(joinedKey(fields, [...values, operand])))
      .sort((a, b) => Buffer.compare(a.from, b.from));
    return { ranges, fixed, score: fixed * 10 + 8 };
  }
  const bounds = own.filter((leaf) => leaf.kind === 'compare');
  if (next && bounds.length > 0) {
    const used = multikey ? bounds.slice(0, 1) : bounds;
    return { ranges: [between(prefix, next, used)], fixed, score: fixed * 10 + 4 + used.length };
  }
  return { ranges: [beginningWith(prefix)], fixed, score: fixed * 10 };
}

function beginningWith(prefix: Buffer): KeyRange {
  return { from: prefix, to: afterPrefix(prefix) ?? END };
}

/** The keys under `prefix` whose next field meets all bounds. */
function between(prefix: Buffer, field: IndexField, bounds: readonly { by: Comparison; operand: unknown }[]): KeyRange {
  let range = beginningWith(prefix);
  for (const { by, operand } of bounds) {
    const key = orderedKey(operand);
    const bracket = Buffer.of(rankOf(operand));
    const stretch =
      by === 'gt' || by === 'gte'
        ? { from: by === 'gte' ? key : (afterPrefix(key) ?? END), to: afterPrefix(bracket) ?? END }
        : { from: bracket, to: by === 'lt' ? key : (afterPrefix(key) ?? END) };
    range = intersection(range, under(prefix, field.direction === -1 ? turned(by, key, bracket) : stretch));
  }
  return range;
}

/** The same stretch for a descending field, whose keys are inverted. */
function turned(by: Comparison, key: Buffer, bracket: Buffer): KeyRange {
  const last = inverted(key);
  const type = inverted(bracket);
  if (by === 'gt' || by === 'gte') return { from: type, to: by === 'gt' ? last : (afterPrefix(last) ?? END) };
  return { from: by === 'lte' ? last : (afterPrefix(last) ?? END), to: afterPrefix(type) ?? END };
}

function under(prefix: Buffer, { from, to }: KeyRange): KeyRange {
  return { from: Buffer.concat([prefix, from]), to: Buffer.concat([prefix, to]) };
}

function intersection(a: KeyRange, b: KeyRange): KeyRange {
  return {
    from: Buffer.compare(a.from, b.from) > 0 ? a.from : b.from,
    to: Buffer.compare(a.to, b.to) < 0 ? a.to : b.to,
  };
}

/** Whether the index fields after the fixed ones are the sort, one way or the other. */
function orderGiven(
  fields: readonly IndexField[],
  fixed: number,
  sort: readonly IndexField[],
): 'forward' | 'backward' | undefined {
  const pinned = fields.slice(0, fixed);
  const left = sort.filter(({ path }) => !pinned.some((field) => samePath(field.path, path)));
  const next = fields.slice(fixed, fixed + left.length);
  if (sort.length === 0 || next.length < left.length) return undefined;
  if (!left.every(({ path }, place) => samePath(path, next[place]?.path ?? []))) return undefined;
  const same = left.every(({ direction }, place) => direction === next[place]?.direction);
  const opposite = left.every(({ direction }, place) => direction !== next[place]?.direction);
  if (same) return 'forward';
  return opposite ? 'backward' : undefined;
}

function indexableLeaves(condition: Condition): Leaf[] {
  if (condition.kind === 'and') return condition.parts.flatMap(indexableLeaves);
  if (condition.kind === 'compare') return isIndexable(condition.operand, condition.by) ? [condition] : [];
  if (condition.kind === 'in') return condition.operands.every((each) => isIndexable(each, 'eq')) ? [condition] : [];
  return [];
}

/** Arrays are stored by element, and what sorts beyond a type is not one stretch: neither narrows. */
function isIndexable(operand: unknown, by: Comparison): boolean {
  if (Array.isArray(operand)) return false;
  const type = bsonType(operand);
  if (by === 'eq') return type !== 'Decimal128' || rankOf(operand) === RANK.number;
  return operand !== null && operand !== undefined && type !== 'MinKey' && type !== 'MaxKey';
}

function samePath(a: Path, b: Path): boolean {
  return a.length === b.length && a.every((part, place) => part === b[place]);
}

/** Whether every document that the filter finds is in a partial index: the index's own conditions stand in the filter. */
function implies(condition: Condition, leaves: readonly Leaf[], wanted: Condition): boolean {
  if (wanted.kind === 'and') return wanted.parts.every((part) => implies(condition, leaves, part));
  const given = conjuncts(condition);
  if (given.some((part) => sameCondition(part, wanted))) return true;
  if (wanted.kind !== 'compare' && wanted.kind !== 'in' && wanted.kind !== 'exists') return false;
  const passes = (operand: unknown): boolean => {
    if (wanted.kind === 'exists') return operand !== null && operand !== undefined;
    if (wanted.kind === 'in') return wanted.operands.some((each) => compareValues(each, operand) === 0);
    return comparison(wanted.by, wanted.operand)(operand);
  };
  return leaves.some((leaf) => {
    if (!samePath(leaf.path, wanted.path)) return false;
    if (leaf.kind === 'in') return leaf.operands.every(passes);
    return leaf.by === 'eq' ? passes(leaf.operand) : wanted.kind === 'exists';
  });
}

function conjuncts(condition: Condition): Condition[] {
  return condition.kind === 'and' ? condition.parts.flatMap(conjuncts) : [condition];
}

function sameCondition(a: Condition, b: Condition): boolean {
  if (a.kind === 'compare' && b.kind === 'compare') {
    return a.by === b.by && samePath(a.path, b.path) && compareValues(a.operand, b.operand) === 0;
  }
  return a.kind === 'exists' && b.kind === 'exists' && samePath(a.path, b.path);
}
