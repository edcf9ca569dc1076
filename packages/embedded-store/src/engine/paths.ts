import { type Doc, isDoc, keyFor, nameOf } from './doc.ts';
import { badValue } from './mongo-error.ts';

/** A dotted path cut into its parts. */
export type Path = readonly string[];

const MOST_KNOWN = 2_000;
const LONGEST_KNOWN = 64;

/** The same cut, which is not made again of what was cut before: a batch names the same paths in each of its statements. */
export function remembering(cut: (text: string) => Path): (text: string) => Path {
  const known = new Map<string, Path>();
  return (text) => {
    const before = known.get(text);
    if (before) return before;
    const path = cut(text);
    if (known.size >= MOST_KNOWN) known.clear();
    if (text.length <= LONGEST_KNOWN) known.set(text, path);
    return path;
  };
}

/** Cuts a dotted path; BadValue for empty parts and `$`, which stand for nothing here. */
export const parsePath = remembering((text) => {
  const path = nameOf(text).split('.');
  if (path.some((part) => /^(\$.*|__proto__|)$/.test(part))) throw badValue(`there is no path '${text}' here`);
  return path;
});

export function samePath(a: Path, b: Path | undefined): boolean {
  if (a.length !== b?.length) return false;
  for (let place = 0; place < a.length; place++) if (a[place] !== b[place]) return false;
  return true;
}

/** An own field of a document; undefined when it is missing. */
export function partOf(value: unknown, part: string): unknown {
  if (!isDoc(value)) return undefined;
  const key = keyFor(part);
  return Object.hasOwn(value, key) ? value[key] : undefined;
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

/** What a condition looks for at the end of a path; with `elements` an array there is tried element by element, then whole. */
export type Sought = { path: Path; elements: boolean; test: (value: unknown) => boolean };

/**
 * Where a query's path reaches a value that passes, walking into arrays as MongoDB does: into each document, and to the place that a
 * part names. A missing value is tested as undefined. Gives the place in the outermost array that it went into, -1 without one, and
 * undefined when nothing passes.
 */
export function reachedAt(value: unknown, sought: Sought, at = 0): number | undefined {
  const { path, elements, test } = sought;
  const part = path[at];
  if (part === undefined) {
    const place = elements && Array.isArray(value) ? value.findIndex((element) => test(element)) : -1;
    return place >= 0 || test(value) ? place : undefined;
  }
  if (!Array.isArray(value)) return reachedAt(partOf(value, part), sought, at + 1);
  for (let place = 0; place < value.length; place++) {
    const element: unknown = value[place];
    if (isDoc(element) && reachedAt(element, sought, at) !== undefined) return place;
    if (part !== String(place)) continue;
    // an array that stands at a named place is a value of its own, not opened
    if (at + 1 === path.length && test(element)) return -1;
    const isOpened = at + 1 < path.length && (isDoc(element) || Array.isArray(element));
    const inside = isOpened ? reachedAt(element, sought, at + 1) : undefined;
    if (inside !== undefined) return inside;
  }
  return undefined;
}
