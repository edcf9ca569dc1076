import { isDoc } from './values.ts';

/** A dotted path cut into its parts. */
export type Path = readonly string[];

/** Whether a part of a path may name a place in an array. */
export function isPosition(part: string | undefined): part is string {
  return part !== undefined && /^(0|[1-9]\d*)$/.test(part);
}

export function samePath(a: Path, b: Path | undefined): boolean {
  return a.length === b?.length && a.every((part, place) => part === b[place]);
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
export function reaches(value: unknown, path: Path, test: (value: unknown) => boolean, elements: boolean): boolean {
  const [part, ...rest] = path;
  if (part === undefined) return (elements && Array.isArray(value) && value.some(test)) || test(value);
  if (!Array.isArray(value)) return reaches(partOf(value, part), rest, test, elements);
  if (value.some((element) => isDoc(element) && reaches(element, path, test, elements))) return true;
  return isPosition(part) && Number(part) < value.length && reaches(value[Number(part)], rest, test, elements);
}
