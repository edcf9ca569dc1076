import { Int32 } from 'bson';
import { encode } from './bson-writer.ts';
import { type Doc, isDoc } from './doc.ts';
import type { Filter } from './filter.ts';
import { MongoError } from './mongo-error.ts';
import { keyOf, type Order } from './order.ts';
import { orderedKey } from './ordered-key.ts';
import { plainAt } from './paths.ts';
import { seal } from './seal.ts';
import type { Collection, Index, Store } from './store.ts';
import { bsonType } from './values.ts';

/** A stored document; `doc` costs its decoding. */
export type Found = { readonly seq: number; readonly raw: Buffer; readonly doc: Doc };

/** What MongoDB stores at most: twenty less than it reads, for what it is wrapped in. */
const MOST_LEVELS = 180;

/** Stores a new document (its `_id` first) with its index entries; 11000 when its `_id` or a unique key is taken. */
export function insertDocument(store: Store, collection: Collection, doc: Doc): void {
  const { sql } = store.writing;
  assertId(doc._id);
  const row = [orderedKey(doc._id), seal(encode(doc, MOST_LEVELS))];
  const seq = sql.run(`INSERT OR IGNORE INTO d${collection.id} (id, doc) VALUES (?, ?)`, row);
  if (seq === 0) throw duplicateKey(collection, '_id_', [{ path: ['_id'], direction: 1 }], doc);
  try {
    entryMoves(store, collection, undefined, doc)(seq);
  } catch (failure) {
    sql.run(`DELETE FROM d${collection.id} WHERE seq = ?`, [seq]);
    throw failure;
  }
}

function assertId(id: unknown): void {
  if (Array.isArray(id) || id === undefined || bsonType(id) === 'BSONRegExp')
    throw new MongoError(53, 'InvalidIdField', "The '_id' value cannot be an array or a regular expression");
  const dollar = isDoc(id) ? Object.keys(id).find((name) => name.startsWith('$')) : undefined;
  if (dollar === undefined) return;
  throw new MongoError(52, 'DollarPrefixedFieldName', `_id fields may not contain '$'-prefixed fields: ${dollar}`);
}

/** Puts `after` in the place of a found document, or removes it when there is none; false when that changes nothing. */
export function changeDocument(store: Store, collection: Collection, { seq, raw, doc }: Found, after?: Doc): boolean {
  const bytes = after && encode(after, MOST_LEVELS);
  if (bytes?.equals(raw)) return false;
  entryMoves(store, collection, doc, after)(seq);
  if (bytes) store.waiting.noteDocument(collection.id, seq, seal(bytes));
  else store.writing.sql.run(`DELETE FROM d${collection.id} WHERE seq = ?`, [seq]);
  return true;
}

/** Adds a stored document to a new index, where it is not in it yet: those that are written meanwhile are. */
export function addEntry(store: Store, collection: Collection, index: Index, { seq, doc }: Found): void {
  const { sql } = store.writing;
  store.waiting.settle();
  const key = keyIn(index, doc);
  if (!key) return;
  const taken = index.unique && sql.first(`SELECT seq FROM i${index.id} WHERE key = ? AND seq <> ?`, [key, seq]);
  if (taken) throw duplicateKey(collection, index.name, index.fields, doc);
  sql.run(`INSERT OR IGNORE INTO i${index.id} (key, seq) VALUES (?, ?)`, [key, seq]);
}

type Move = { index: Index; from: Buffer | undefined; to: Buffer | undefined };

/** How index entries move with a document. Every unique key is checked before: a refused document leaves no trace. */
function entryMoves(store: Store, collection: Collection, before: Doc | undefined, after: Doc | undefined) {
  const [keyBefore, keyAfter] = [keysIn(before), keysIn(after)];
  const moves: Move[] = [];
  for (const index of collection.indexes) {
    if (before && after && index.roots?.every((root) => before[root] === after[root])) continue;
    const [from, to] = [keyBefore(index), keyAfter(index)];
    if (from && to ? !to.equals(from) : from !== to) moves.push({ index, from, to });
  }
  for (const { index, to } of moves) {
    const taken = index.unique && to && store.writing.sql.first(`SELECT seq FROM i${index.id} WHERE key = ?`, [to]);
    if (after && taken) throw duplicateKey(collection, index.name, index.fields, after);
  }
  return (seq: number): void => {
    for (const { index, from, to } of moves) {
      if (!index.unique) continue;
      const { sql } = store.writing;
      if (from) sql.run(`DELETE FROM i${index.id} WHERE key = ? AND seq = ?`, [from, seq]);
      if (to) sql.run(`INSERT INTO i${index.id} (key, seq) VALUES (?, ?)`, [to, seq]);
    }
    for (const { index, from, to } of moves) if (!index.unique) store.waiting.note(index.id, seq, { from, to });
  };
}

/** What an index holds of a document; nothing when a partial index leaves it out. */
export function keyIn(index: Index, doc: Doc | undefined): Buffer | undefined {
  return keysIn(doc)(index);
}

/** The same for one index after the other: what partial ones hold is tested once. */
function keysIn(doc: Doc | undefined): (index: Index) => Buffer | undefined {
  if (!doc) return () => undefined;
  const tested = new Map<Filter, boolean>();
  return ({ only, fields }) => {
    if (only && !tested.has(only)) tested.set(only, only.test(doc));
    return only && !tested.get(only) ? undefined : keyOf(fields, doc);
  };
}

/** Error 11000 as the driver expects it, with the key's pattern and value. The text names types, never what people typed. */
function duplicateKey({ db, name }: Collection, index: string, fields: Order, doc: Doc): MongoError {
  const keyPattern = Object.fromEntries(fields.map(({ path, direction }) => [path.join('.'), new Int32(direction)]));
  const keyValue = Object.fromEntries(fields.map(({ path }) => [path.join('.'), plainAt(doc, path) ?? null]));
  const shown = Object.entries(keyValue).map(([path, value]) => `${path}: ${bsonType(value) ?? typeof value}`);
  const text = `E11000 duplicate key error collection: ${db}.${name} index: ${index} dup key: { ${shown.join(', ')} }`;
  return new MongoError(11000, 'DuplicateKey', text, { keyPattern, keyValue });
}
