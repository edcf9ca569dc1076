import { isDoc } from './values.ts';

/** A dotted path cut into its parts. */
export type Path = readonly string[];

const DIGITS = /^(0|[1-9]\d*)$/;

/** Whether a part of a path may name a place in an array. */
export function isPosition(part: string | undefined): part is string {
  return part !== undefined && DIGITS.test(part);
}

/** One part of a value: an own field of a document or a place in an array; undefined when it is missing. */
export function partOf(value: unknown, part: string): unknown {
  if (Array.isArray(value)) return isPosition(part) ? value[Number(part)] : undefined;
  return isDoc(value) && Object.hasOwn(value, part) ? value[part] : undefined;
}

/**
 * Whether any value that a query's path reaches passes the test, walking into arrays of documents as MongoDB does. A missing
 * value is tested as undefined. With `elements`, an array at the end is tested element by element and then as a whole.
 */
export function reaches(
  node: unknown,
  path: Path,
  test: (value: unknown) => boolean,
  elements: boolean,
  at = 0,
): boolean {
  const part = path[at] ?? '';
  const value = isDoc(node) ? partOf(node, part) : undefined;
  return at === path.length - 1 ? passes(value, test, elements) : reachesInside(value, path, test, elements, at + 1);
}

function passes(value: unknown, test: (value: unknown) => boolean, elements: boolean): boolean {
  return (elements && Array.isArray(value) && value.some(test)) || test(value);
}

function reachesInside(
  value: unknown,
  path: Path,
  test: (value: unknown) => boolean,
  elements: boolean,
  at: number,
): boolean {
  if (!Array.isArray(value)) return reaches(value, path, test, elements, at);
  if (value.some((element) => isDoc(element) && reaches(element, path, test, elements, at))) return true;
  const part = path[at];
  if (!isPosition(part) || Number(part) >= value.length) return false;
  const element: unknown = value[Number(part)];
  return at === path.length - 1
    ? passes(element, test, elements)
    : reachesInside(element, path, test, elements, at + 1);
}
