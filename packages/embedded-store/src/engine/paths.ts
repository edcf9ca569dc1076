import { badValue } from './mongo-error.ts';
import { type Doc, isDoc } from './values.ts';

/** A dotted path cut into its parts. */
export type Path = readonly string[];

/** Cuts a dotted path; BadValue for empty parts, places in arrays and `$`, which the store does not follow. */
export function parsePath(text: string): Path {
  const path = text.split('.');
  if (path.some((part) => /^(\$.*|\d+|__proto__|)$/.test(part))) throw badValue(`there is no path '${text}' here`);
  return path;
}

export function samePath(a: Path, b: Path | undefined): boolean {
  return a.length === b?.length && a.every((part, place) => part === b[place]);
}

/** An own field of a document; undefined when it is missing. */
export function partOf(value: unknown, part: string): unknown {
  return isDoc(value) && Object.hasOwn(value, part) ? value[part] : undefined;
}

/** The value at a path, undefined when it is missing; BadValue when it is an array or inside one. */
export function plainAt(doc: Doc, path: Path): unknown {
  let value: unknown = doc;
  for (const part of path) {
    value = partOf(value, part);
    if (Array.isArray(value)) throw badValue(`the embedded store takes no array here: '${path.join('.')}'`);
  }
  return value;
}

/**
 * Whether any value that a query's path reaches passes the test, walking into arrays of documents as MongoDB does. A missing
 * value is tested as undefined. With `elements`, an array at the end is tested element by element and then as a whole.
 */
export function reaches(value: unknown, path: Path, test: (value: unknown) => boolean, elements: boolean): boolean {
  const [part, ...rest] = path;
  if (part === undefined) return (elements && Array.isArray(value) && value.some(test)) || test(value);
  if (!Array.isArray(value)) return reaches(partOf(value, part), rest, test, elements);
  return value.some((element) => isDoc(element) && reaches(element, path, test, elements));
}
