import type { IndexField } from './catalog.ts';
import { keysOf } from './index-entries.ts';
import { MongoError } from './mongo-error.ts';
import { type Doc, isDoc, isNumber } from './values.ts';

/** Parses a sort: every value 1 or -1; BadValue for anything else (`$meta`). */
export function parseSort(sort: unknown): IndexField[] {
  if (sort === undefined || sort === null) return [];
  if (!isDoc(sort)) throw new MongoError('TypeMismatch', "Expected field 'sort' to be of type object");
  return Object.entries(sort).map(([path, direction]): IndexField => {
    const number = isNumber(direction) ? Number(String(direction)) : 0;
    if (number !== 1 && number !== -1)
      throw new MongoError('BadValue', `Illegal key in sort: ${path}: must be 1 or -1`);
    if (path === '' || path.startsWith('$')) throw new MongoError('BadValue', `Illegal field name in sort: '${path}'`);
    return { path: path.split('.'), direction: number };
  });
}

/** Sorts by MongoDB's order (an array stands by its least or greatest element); what is equal keeps its place. */
export function sorted<T>(items: Iterable<T>, sort: readonly IndexField[], docOf: (item: T) => Doc): T[] {
  const keyed = Array.from(items, (item) => ({ item, key: sortKey(docOf(item), sort) }));
  keyed.sort((a, b) => Buffer.compare(a.key, b.key));
  return keyed.map(({ item }) => item);
}

function sortKey(doc: Doc, sort: readonly IndexField[]): Buffer {
  let least: Buffer | undefined;
  for (const { key } of keysOf(sort, doc).keys.values()) {
    if (!least || Buffer.compare(key, least) < 0) least = key;
  }
  return least ?? Buffer.alloc(0);
}
