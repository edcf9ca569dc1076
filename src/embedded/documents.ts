import { Int32 } from 'bson';
import type { Collection, Index } from './catalog.ts';
import { duplicateKey, type Entries, entriesOf, NO_ENTRIES } from './index-entries.ts';
import { MongoError } from './mongo-error.ts';
import { orderedKey } from './ordered-key.ts';
import type { Store } from './store.ts';
import { bsonType, type Doc, encode } from './values.ts';

/** A stored document. */
export interface Row {
  seq: number;
  raw: Buffer;
}

interface Move {
  index: Index;
  from: Entries;
  to: Entries;
}

/** Stores a new document (its `_id` first) with its index entries; 11000 when its `_id` or a unique key is taken. */
export function insertDocument(store: Store, collection: Collection, doc: Doc): void {
  const { sql } = store.writing;
  const { _id: id } = doc;
  if (Array.isArray(id) || bsonType(id) === 'BSONRegExp' || id === undefined) {
    throw new MongoError(53, 'InvalidIdField', "The '_id' value cannot be of type array, regex or undefined");
  }
  const key = orderedKey(id);
  const raw = encode(doc);
  const moves = collection.indexes.map((index): Move => ({ index, from: NO_ENTRIES, to: entriesOf(index, doc) }));
  if (sql.get(`SELECT 1 FROM d${collection.id} WHERE id = ?`, [key])) {
    throw duplicateKey(collection, '_id_', { _id: new Int32(1) }, [id]);
  }
  refuseTaken(store, collection, moves, -1);
  const seq = sql.run(`INSERT INTO d${collection.id} (id, doc) VALUES (?, ?)`, [key, raw]);
  moveEntries(store, collection, moves, seq);
}

/** Puts `after` in the place of `before`; false when that changes nothing. */
export function replaceDocument(store: Store, collection: Collection, row: Row, before: Doc, after: Doc): boolean {
  const raw = encode(after);
  if (raw.equals(row.raw)) return false;
  const moves = collection.indexes.map((index): Move => {
    return { index, from: entriesOf(index, before), to: entriesOf(index, after) };
  });
  refuseTaken(store, collection, moves, row.seq);
  store.writing.sql.run(`UPDATE d${collection.id} SET doc = ? WHERE seq = ?`, [raw, row.seq]);
  moveEntries(store, collection, moves, row.seq);
  return true;
}

/** Removes a document and its index entries. */
export function removeDocument(store: Store, collection: Collection, seq: number, before: Doc): void {
  store.writing.sql.run(`DELETE FROM d${collection.id} WHERE seq = ?`, [seq]);
  const moves = collection.indexes.map((index): Move => ({ index, from: entriesOf(index, before), to: NO_ENTRIES }));
  moveEntries(store, collection, moves, seq);
}

/** Adds a stored document to a new index. */
export function addEntries(store: Store, collection: Collection, index: Index, seq: number, doc: Doc): void {
  const moves = [{ index, from: NO_ENTRIES, to: entriesOf(index, doc) }];
  refuseTaken(store, collection, moves, seq);
  moveEntries(store, collection, moves, seq);
}

function refuseTaken(store: Store, collection: Collection, moves: readonly Move[], seq: number): void {
  for (const { index, to } of moves) {
    for (const { key, values } of index.unique ? to.keys.values() : []) {
      const taken = store.writing.sql.get(`SELECT 1 FROM i${index.id} WHERE key = ? AND seq <> ?`, [key, seq]);
      if (taken) throw duplicateKey(collection, index.name, index.spec.key, values);
    }
  }
}

function moveEntries(store: Store, collection: Collection, moves: readonly Move[], seq: number): void {
  const { sql } = store.writing;
  for (const { index, from, to } of moves) {
    for (const [text, { key }] of from.keys) {
      if (!to.keys.has(text)) sql.run(`DELETE FROM i${index.id} WHERE key = ? AND seq = ?`, [key, seq]);
    }
    for (const [text, { key }] of to.keys) {
      if (!from.keys.has(text)) sql.run(`INSERT INTO i${index.id} (key, seq) VALUES (?, ?)`, [key, seq]);
    }
    if (to.multikey && !index.multikey) store.markMultikey(collection, index);
  }
}
