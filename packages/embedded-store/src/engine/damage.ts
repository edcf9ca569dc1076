import { decode } from './bson-reader.ts';
import type { Connection } from './connection.ts';
import type { Doc } from './doc.ts';
import { keyIn } from './documents.ts';
import { orderedKey } from './ordered-key.ts';
import { unseal } from './seal.ts';
import { type Collection, readCatalog } from './store.ts';

const PAGE = 256;
const MOST_TOLD = 20;

/** How many documents were looked at, and what is wrong, a line each; the first twenty of them. */
export type Examined = { documents: number; damage: readonly string[] };

/**
 * Looks at everything that is stored: SQLite's own structure (`PRAGMA quick_check`), each document's seal and `_id`, and each index
 * against the documents. Yields after each page, so that whoever runs it may rest; reads only.
 */
export function* examine(sql: Connection): Generator<void, Examined> {
  const damage: string[] = [];
  let documents = 0;
  const tell = (what: string): void => void (damage.length < MOST_TOLD && damage.push(what));
  try {
    for (const [said] of sql.all<[string]>(`PRAGMA quick_check(${MOST_TOLD})`)) if (said !== 'ok') tell(said);
    for (const collection of readCatalog(sql).values()) {
      for (const wrong of examineCollection(sql, collection)) {
        if (wrong === undefined) documents++;
        else if (wrong !== '') tell(wrong);
        if (wrong === '') yield;
      }
    }
  } catch (failure) {
    tell(String(failure));
  }
  return { documents, damage };
}

/** Undefined for each document, an empty text after each page of them, and what is wrong. */
function* examineCollection(sql: Connection, collection: Collection): Generator<string | undefined> {
  const { id, db, name } = collection;
  const indexes = collection.indexes.filter(({ isReady }) => isReady);
  const expected = new Map(indexes.map((index) => [index, 0]));
  const select = `SELECT seq, id, doc FROM d${id} WHERE seq > ? ORDER BY seq LIMIT ${PAGE}`;
  for (let last = Number.MIN_SAFE_INTEGER, more = true; more; ) {
    const rows = sql.all<[number, Buffer, Buffer]>(select, [last]);
    for (const [seq, key, stored] of rows) {
      last = seq;
      yield undefined;
      const doc = readable(stored);
      const [byId] = sql.all<[number]>(`SELECT seq FROM d${id} WHERE id = ?`, [key]);
      if (!doc || !orderedKey(doc._id).equals(key)) yield `${db}.${name}: document ${seq} is not what was stored`;
      else if (byId?.[0] !== seq) yield `${db}.${name}: document ${seq} is missing in the index of _id`;
      if (!doc) continue;
      for (const index of indexes) {
        const entry = keyIn(index, doc);
        if (!entry) continue;
        expected.set(index, (expected.get(index) ?? 0) + 1);
        const found = sql.all(`SELECT seq FROM i${index.id} WHERE key = ? AND seq = ?`, [entry, seq]);
        if (found.length === 0) yield `${db}.${name}: document ${seq} is missing in the index ${index.name}`;
      }
    }
    more = rows.length === PAGE;
    yield '';
  }
  for (const [index, count] of expected) {
    const [[held] = [0]] = sql.all<[number]>(`SELECT count(*) FROM i${index.id}`);
    if (held > count) yield `${db}.${name}: the index ${index.name} holds ${held} entries, not ${count}`;
  }
}

function readable(stored: Buffer): Doc | undefined {
  try {
    return decode(unseal(stored));
  } catch {
    return undefined;
  }
}
