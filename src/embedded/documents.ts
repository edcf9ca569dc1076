import { Int32 } from 'bson';
import { MongoError } from './mongo-error.ts';
import { EMPTY_ARRAY, inverted, orderedKey } from './ordered-key.ts';
import { isPosition, type Path, partOf } from './paths.ts';
import type { Collection, Index, IndexField, Store } from './store.ts';
import { asDoc, bsonType, type Doc, encode, isDoc } from './values.ts';

/** The keys of one document in one index, each once, with the values it was made of. */
type Keys = ReadonlyMap<string, { key: Buffer; values: readonly unknown[] }>;

interface Slot {
  value: unknown;
  rest: Path;
  /** An array that is a value of its own, not to be multiplied out again. */
  closed?: boolean;
}

/** A stored document. */
export interface Found {
  seq: number;
  raw: Buffer;
  doc: Doc;
}

/** Stores a new document (its `_id` first) with its index entries; 11000 when its `_id` or a unique key is taken. */
export function insertDocument(store: Store, collection: Collection, doc: Doc): void {
  const { sql } = store.writing;
  const { _id: id } = doc;
  if (Array.isArray(id) || id === undefined) throw new MongoError(53, 'InvalidIdField', "The '_id' cannot be an array");
  const key = orderedKey(id);
  const raw = encode(doc);
  const taken = sql.get(`SELECT 1 FROM d${collection.id} WHERE id = ?`, [key]);
  if (taken) throw duplicateKey(collection, '_id_', { _id: new Int32(1) }, [id]);
  moveEntries(store, collection, undefined, doc, () => {
    return sql.run(`INSERT INTO d${collection.id} (id, doc) VALUES (?, ?)`, [key, raw]);
  });
}

/** Puts `after` in the place of a found document; false when that changes nothing. */
export function replaceDocument(store: Store, collection: Collection, { seq, raw, doc }: Found, after: Doc): boolean {
  const bytes = encode(after);
  if (bytes.equals(raw)) return false;
  moveEntries(store, collection, { seq, doc }, after, () => {
    store.writing.sql.run(`UPDATE d${collection.id} SET doc = ? WHERE seq = ?`, [bytes, seq]);
    return seq;
  });
  return true;
}

/** Removes a found document and its index entries. */
export function removeDocument(store: Store, collection: Collection, { seq, doc }: Pick<Found, 'seq' | 'doc'>): void {
  moveEntries(store, collection, { seq, doc }, undefined, () => {
    store.writing.sql.run(`DELETE FROM d${collection.id} WHERE seq = ?`, [seq]);
    return seq;
  });
}

/** Adds a stored document to a new index. */
export function addEntries(store: Store, collection: Collection, index: Index, { seq, doc }: Found): void {
  moveEntries(store, { ...collection, indexes: [index] }, undefined, doc, () => seq);
}

/** Checks every unique key before anything is written: a refused document leaves no trace. */
function moveEntries(
  store: Store,
  collection: Collection,
  before: { seq: number; doc: Doc } | undefined,
  after: Doc | undefined,
  write: () => number,
): void {
  const { sql } = store.writing;
  const moves = collection.indexes.map((index) => {
    return { index, from: keysIn(index, before?.doc), to: keysIn(index, after) };
  });
  for (const { index, to } of moves) {
    for (const { key, values } of index.unique ? to.values() : []) {
      const taken = sql.get(`SELECT 1 FROM i${index.id} WHERE key = ? AND seq <> ?`, [key, before?.seq ?? -1]);
      if (taken) throw duplicateKey(collection, index.name, asDoc(index.spec.key, 'key'), values);
    }
  }
  const seq = write();
  for (const { index, from, to } of moves) {
    for (const [text, { key }] of from) {
      if (!to.has(text)) sql.run(`DELETE FROM i${index.id} WHERE key = ? AND seq = ?`, [key, seq]);
    }
    for (const [text, { key }] of to) {
      if (!from.has(text)) sql.run(`INSERT INTO i${index.id} (key, seq) VALUES (?, ?)`, [key, seq]);
    }
    if (!index.multikey && after && hasArray(index.fields, after)) store.markMultikey(collection, index);
  }
}

/** What an index holds of a document; nothing when a partial index leaves it out. */
function keysIn(index: Index, doc: Doc | undefined): Keys {
  return doc && index.only?.test(doc) !== false ? keysOf(index.fields, doc) : new Map();
}

/** The keys of a document over some fields, arrays multiplied out as MongoDB does; error 171 for two arrays side by side. */
export function keysOf(fields: readonly IndexField[], doc: Doc): Keys {
  const found: unknown[][] = [];
  const slots = fields.map(({ path }): Slot => ({ value: doc, rest: path }));
  expand(slots, found);
  const keys = found.map((values) => ({ values, key: joinedKey(fields, values) }));
  return new Map(keys.map((each) => [each.key.toString('latin1'), each]));
}

/** The key of values for the first fields of an index, each in its field's direction. */
export function joinedKey(fields: readonly IndexField[], values: readonly unknown[]): Buffer {
  const keys = values.map(orderedKey);
  return Buffer.concat(keys.map((key, place) => (fields[place]?.direction === -1 ? inverted(key) : key)));
}

function expand(slots: readonly Slot[], found: unknown[][]): void {
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
}

function hasArray(fields: readonly IndexField[], doc: Doc): boolean {
  return fields.some(({ path }) => Array.isArray(reach({ value: doc, rest: path }).value));
}

function reach(slot: Slot): Slot {
  let { value, rest } = slot;
  for (; rest.length > 0 && !Array.isArray(value); rest = rest.slice(1)) value = partOf(value, rest[0] ?? '');
  return { ...slot, value, rest };
}

function slotInElement(element: unknown, rest: Path): Slot {
  if (rest.length === 0) return { value: element, rest, closed: true };
  if (!isPosition(rest[0])) return isDoc(element) ? { value: element, rest } : { value: undefined, rest: [] };
  throw new MongoError(201, 'CannotBuildIndexKeys', 'the embedded store cannot order by a place in an array');
}

/** Error 11000 as the driver expects it, with the key's pattern and value. The text names types, never what people typed. */
function duplicateKey(
  { db, name }: Collection,
  index: string,
  keyPattern: Doc,
  values: readonly unknown[],
): MongoError {
  const keyValue = Object.fromEntries(Object.keys(keyPattern).map((path, place) => [path, values[place] ?? null]));
  const shown = Object.entries(keyValue).map(([path, value]) => `${path}: ${bsonType(value) ?? typeof value}`);
  const text = `E11000 duplicate key error collection: ${db}.${name} index: ${index} dup key: { ${shown.join(', ')} }`;
  return new MongoError(11000, 'DuplicateKey', text, { keyPattern, keyValue });
}
