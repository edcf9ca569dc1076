import type { Collection, Index, IndexField } from './catalog.ts';
import { MongoError } from './mongo-error.ts';
import { EMPTY_ARRAY, inverted, orderedKey } from './ordered-key.ts';
import { isPosition, type Path, partOf } from './paths.ts';
import { bsonType, type Doc, isDoc } from './values.ts';

/** The entries of one document in one index: each key once, with the values it was made of. */
export interface Entries {
  keys: ReadonlyMap<string, { key: Buffer; values: readonly unknown[] }>;
  multikey: boolean;
}

interface Slot {
  value: unknown;
  rest: Path;
}

/** What an index holds of a document; nothing when a partial index leaves it out. */
export function entriesOf(index: Index, doc: Doc): Entries {
  if (index.only && !index.only.matches(doc)) return { keys: new Map(), multikey: false };
  return keysOf(index.fields, doc);
}

/** The keys of a document over some fields, arrays multiplied out as MongoDB does; error 171 for two arrays side by side. */
export function keysOf(fields: readonly IndexField[], doc: Doc): Entries {
  const found: unknown[][] = [];
  const slots = fields.map(({ path }): Slot => ({ value: doc, rest: path }));
  const multikey = expand(slots, found);
  const keys = new Map<string, { key: Buffer; values: readonly unknown[] }>();
  for (const values of found) {
    const key = joinedKey(fields, values);
    keys.set(key.toString('latin1'), { key, values });
  }
  return { keys, multikey };
}

/** The key of values for the first fields of an index, each in its field's direction. */
export function joinedKey(fields: readonly IndexField[], values: readonly unknown[]): Buffer {
  return Buffer.concat(
    values.map((value, place) => {
      const key = orderedKey(value);
      return fields[place]?.direction === -1 ? inverted(key) : key;
    }),
  );
}

function expand(slots: readonly Slot[], found: unknown[][]): boolean {
  const reached = slots.map(reach);
  const arrays = new Set(reached.map(({ value }) => (Array.isArray(value) ? value : undefined)));
  arrays.delete(undefined);
  const [array, second] = arrays;
  if (second) throw new MongoError('CannotIndexParallelArrays', 'cannot index parallel arrays');
  if (!Array.isArray(array)) {
    found.push(reached.map(({ value }) => (value instanceof Closed ? value.value : value)));
    return false;
  }
  const elements: unknown[] = array.length === 0 ? [EMPTY_ARRAY] : array;
  for (const element of elements) {
    expand(
      reached.map((slot) => (slot.value === array ? inElement(element, slot.rest) : slot)),
      found,
    );
  }
  return true;
}

/** An array that is a value of its own, not to be multiplied out again. */
class Closed {
  readonly value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }
}

function inElement(element: unknown, rest: Path): Slot {
  if (rest.length === 0) return { value: Array.isArray(element) ? new Closed(element) : element, rest };
  if (isPosition(rest[0])) {
    throw new MongoError('CannotBuildIndexKeys', 'the embedded store does not index or sort by a place in an array');
  }
  return isDoc(element) ? { value: element, rest } : { value: undefined, rest: [] };
}

function reach({ value, rest }: Slot): Slot {
  let at = value;
  let left = rest;
  while (left.length > 0 && !Array.isArray(at)) {
    at = at instanceof Closed ? undefined : partOf(at, left[0] ?? '');
    left = left.slice(1);
  }
  return { value: at, rest: left };
}

/** Error 11000 as the driver expects it, with the key's pattern and value. */
export function duplicateKey(
  collection: Collection,
  name: string,
  pattern: Doc,
  values: readonly unknown[],
): MongoError {
  const paths = Object.keys(pattern);
  const keyValue = Object.fromEntries(paths.map((path, place) => [path, values[place] ?? null]));
  const shown = paths.map((path) => `${path}: ${bsonType(keyValue[path]) ?? typeof keyValue[path]}`).join(', ');
  const text = `E11000 duplicate key error collection: ${collection.db}.${collection.name} index: ${name} dup key: { ${shown} }`;
  return new MongoError('DuplicateKey', text, { extra: { keyPattern: pattern, keyValue } });
}
