import type { Comparison, Condition } from './filter.ts';
import { compareValues, equalValues, orderedKey, RANK, rankOf } from './ordered-key.ts';
import { type Path, reaches } from './paths.ts';
import { type Doc, isDoc } from './values.ts';

/** A compiled filter. */
export type Matcher = (doc: Doc) => boolean;

type Test = (value: unknown) => boolean;

/** Compiles a parsed filter into a predicate with MongoDB's meaning of arrays, missing values and types. */
export function compileMatcher(condition: Condition): Matcher {
  return test(condition);
}

function test(condition: Condition): Test {
  switch (condition.kind) {
    case 'and': {
      const parts = condition.parts.map(test);
      return (value) => parts.every((part) => part(value));
    }
    case 'or': {
      const parts = condition.parts.map(test);
      return (value) => parts.some((part) => part(value));
    }
    case 'not': {
      const part = test(condition.part);
      return (value) => !part(value);
    }
    case 'compare':
      return along(condition.path, comparison(condition.by, condition.operand), true);
    case 'in':
      return along(condition.path, oneOf(condition.operands), true);
    case 'exists':
      return along(condition.path, (value) => value !== undefined, false);
    case 'size':
      return along(condition.path, (value) => Array.isArray(value) && value.length === condition.size, false);
    case 'elemMatch': {
      const inElement = compileElement(condition);
      return along(condition.path, (value) => Array.isArray(value) && value.some(inElement), false);
    }
  }
}

/** Compiles what elements of an array must meet. */
export function compileElement({ part, ofDocuments }: { part: Condition; ofDocuments: boolean }): Test {
  const meets = test(part);
  return ofDocuments ? (value) => isDoc(value) && meets(value) : meets;
}

function along(path: Path, leaf: Test, elements: boolean): Test {
  return path.length === 0 ? leaf : (value) => reaches(value, path, leaf, elements);
}

/** One comparison of a value, within the operand's type as MongoDB brackets it. */
export function comparison(by: Comparison, operand: unknown): Test {
  if (by === 'eq') return (value) => equalValues(value, operand);
  const rank = rankOf(operand);
  if (isNaNumber(operand)) return by === 'gte' || by === 'lte' ? isNaNumber : () => false;
  const anyType = rank === RANK.minKey || rank === RANK.maxKey;
  return (value) => {
    if (!anyType && rankOf(value) !== rank) return false;
    if (rank === RANK.number && isNaNumber(value)) return false;
    const order = compareValues(value, operand);
    if (by === 'gt') return order > 0;
    if (by === 'gte') return order >= 0;
    return by === 'lt' ? order < 0 : order <= 0;
  };
}

function isNaNumber(value: unknown): boolean {
  return rankOf(value) === RANK.number && String(value) === 'NaN';
}

const FEW = 8;

function oneOf(operands: readonly unknown[]): Test {
  if (operands.length <= FEW) return (value) => operands.some((operand) => equalValues(value, operand));
  const keys = new Set(operands.map((operand) => orderedKey(operand).toString('latin1')));
  return (value) => keys.has(orderedKey(value).toString('latin1'));
}
