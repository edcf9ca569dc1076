import { Int32 } from 'bson';
import type { Collection, Index } from './catalog.ts';
import type { SqlValue } from './connection.ts';
import { duplicateKey, type Entries, entriesOf } from './index-entries.ts';
import { MongoError } from './mongo-error.ts';
import { orderedKey } from './ordered-key.ts';
import type { Store } from './store.ts';
import { asDoc, bsonType, type Doc, encode } from './values.ts';

const NONE: Entries = { keys: new Map(), multikey: false };

/** A stored document, found. */
export interface Row {
  seq: number;
  raw: Buffer;
}

/** Stores a new document (its `_id` first) with its index entries; 11000 when its `_id` or a unique key is taken. */
export function insertDocument(store: Store, collection: Collection, doc: Doc): void {
  const { sql } = store.writing;
  const raw = encode(doc);
  const id = doc._id;
  if (Array.isArray(id) || bsonType(id) === 'BSONRegExp' || id === undefined) {
    throw new MongoError('InvalidIdField', "The '_id' value cannot be of type array, regex or undefined");
  }
  const idKey = orderedKey(id);
  const entries = collection.indexes.map((index) => entriesOf(index, doc));
  if (sql.get(`SELECT 1 FROM d${collection.id} WHERE id = ?`, [idKey])) {
    throw duplicateKey(collection, '_id_', { _id: new Int32(1) }, [id]);
  }
  collection.indexes.forEach((index, place) => {
    refuseTaken(store, collection, index, entries[place] ?? NONE, -1);
  });
  const { rowId } = sql.run(`INSERT INTO d${collection.id} (id, doc) VALUES (?, ?)`, [idKey, raw]);
  collection.indexes.forEach((index, place) => {
    moveEntries(store, collection, index, NONE, entries[place] ?? NONE, rowId);
  });
}

/** Puts `after` in the place of `before`; false when that changes nothing. */
export function replaceDocument(store: Store, collection: Collection, row: Row, before: Doc, after: Doc): boolean {
  const raw = encode(after);
  if (raw.equals(row.raw)) return false;
  const moves = collection.indexes.map((index) => ({
    index,
    from: entriesOf(index, before),
    to: entriesOf(index, after),
  }));
  for (const { index, to } of moves) refuseTaken(store, collection, index, to, row.seq);
  store.writing.sql.run(`UPDATE d${collection.id} SET doc = ? WHERE seq = ?`, [raw, row.seq]);
  for (const { index, from, to } of moves) moveEntries(store, collection, index, from, to, row.seq);
  return true;
}

/** Removes a document and its index entries. */
export function removeDocument(store: Store, collection: Collection, seq: number, before: Doc): void {
  store.writing.sql.run(`DELETE FROM d${collection.id} WHERE seq = ?`, [seq]);
  for (const index of collection.indexes) {
    moveEntries(store, collection, index, entriesOf(index, before), NONE, seq);
  }
}

/** Fills a new index from what is stored already. */
export function addEntries(store: Store, collection: Collection, index: Index, seq: number, doc: Doc): void {
  const entries = entriesOf(index, doc);
  refuseTaken(store, collection, index, entries, seq);
  moveEntries(store, collection, index, NONE, entries, seq);
}

function refuseTaken(store: Store, collection: Collection, index: Index, entries: Entries, seq: number): void {
  if (!index.unique) return;
  for (const { key, values } of entries.keys.values()) {
    const taken = store.writing.sql.get(`SELECT seq FROM i${index.id} WHERE key = ? AND seq <> ?`, [key, seq]);
    if (taken) throw duplicateKey(collection, index.name, asDoc(index.spec.key, 'key'), values);
  }
}

function moveEntries(
  store: Store,
  collection: Collection,
  index: Index,
  from: Entries,
  to: Entries,
  seq: number,
): void {
  const { sql } = store.writing;
  for (const [text, { key }] of from.keys) {
    const values: SqlValue[] = [key, seq];
    if (!to.keys.has(text)) sql.run(`DELETE FROM i${index.id} WHERE key = ? AND seq = ?`, values);
  }
  for (const [text, { key }] of to.keys) {
    if (!from.keys.has(text)) sql.run(`INSERT INTO i${index.id} (key, seq) VALUES (?, ?)`, [key, seq]);
  }
  if (to.multikey && !index.multikey) store.markMultikey(collection, index);
}
