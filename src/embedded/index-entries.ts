import type { Collection, Index, IndexField } from './catalog.ts';
import { MongoError } from './mongo-error.ts';
import { EMPTY_ARRAY, inverted, orderedKey } from './ordered-key.ts';
import { isPosition, type Path, partOf } from './paths.ts';
import { asDoc, bsonType, type Doc, isDoc } from './values.ts';

/** The entries of one document in one index: each key once, with the values it was made of. */
export interface Entries {
  keys: ReadonlyMap<string, { key: Buffer; values: readonly unknown[] }>;
  multikey: boolean;
}

interface Slot {
  value: unknown;
  rest: Path;
  /** An array that is a value of its own, not to be multiplied out again. */
  closed?: boolean;
}

export const NO_ENTRIES: Entries = { keys: new Map(), multikey: false };

/** What an index holds of a document; nothing when a partial index leaves it out. */
export function entriesOf(index: Index, doc: Doc): Entries {
  return index.only?.test(doc) === false ? NO_ENTRIES : keysOf(index.fields, doc);
}

/** The keys of a document over some fields, arrays multiplied out as MongoDB does; error 171 for two arrays side by side. */
export function keysOf(fields: readonly IndexField[], doc: Doc): Entries {
  const found: unknown[][] = [];
  const multikey = expand(
    fields.map(({ path }) => ({ value: doc, rest: path })),
    found,
  );
  const keys = found.map((values) => ({ values, key: joinedKey(fields, values) }));
  return { multikey, keys: new Map(keys.map((each) => [each.key.toString('latin1'), each])) };
}

/** The key of values for the first fields of an index, each in its field's direction. */
export function joinedKey(fields: readonly IndexField[], values: readonly unknown[]): Buffer {
  const keys = values.map((value, place) => {
    return fields[place]?.direction === -1 ? inverted(orderedKey(value)) : orderedKey(value);
  });
  return Buffer.concat(keys);
}

function expand(slots: readonly Slot[], found: unknown[][]): boolean {
  const reached = slots.map(reach);
  const arrays = new Set(
    reached.filter(({ value, closed }) => Array.isArray(value) && !closed).map(({ value }) => value),
  );
  const [array] = arrays;
  if (arrays.size > 1) throw new MongoError(171, 'CannotIndexParallelArrays', 'cannot index parallel arrays');
  if (!Array.isArray(array)) found.push(reached.map(({ value }) => value));
  else {
    for (const element of array.length === 0 ? [EMPTY_ARRAY] : array) {
      const inElement = reached.map((slot) => (slot.value === array ? slotInElement(element, slot.rest) : slot));
      expand(inElement, found);
    }
  }
  return arrays.size > 0;
}

function slotInElement(element: unknown, rest: Path): Slot {
  if (rest.length === 0) return { value: element, rest, closed: true };
  if (isPosition(rest[0])) {
    throw new MongoError(201, 'CannotBuildIndexKeys', 'the embedded store cannot order by a place in an array');
  }
  return isDoc(element) ? { value: element, rest } : { value: undefined, rest: [] };
}

function reach(slot: Slot): Slot {
  let { value, rest } = slot;
  for (; rest.length > 0 && !Array.isArray(value); rest = rest.slice(1)) value = partOf(value, rest[0] ?? '');
  return { ...slot, value, rest };
}

/** Error 11000 as the driver expects it, with the key's pattern and value. The text names types, never what people typed. */
export function duplicateKey(
  { db, name }: Collection,
  index: string,
  key: unknown,
  values: readonly unknown[],
): MongoError {
  const keyPattern = asDoc(key, 'key');
  const keyValue = Object.fromEntries(Object.keys(keyPattern).map((path, place) => [path, values[place] ?? null]));
  const shown = Object.entries(keyValue).map(([path, value]) => `${path}: ${bsonType(value) ?? typeof value}`);
  const text = `E11000 duplicate key error collection: ${db}.${name} index: ${index} dup key: { ${shown.join(', ')} }`;
  return new MongoError(11000, 'DuplicateKey', text, { keyPattern, keyValue });
}
