import type { Connection } from './connection.ts';
import { type Filter, parseFilter } from './filter.ts';
import type { Path } from './paths.ts';
import { asDoc, type Doc, decode } from './values.ts';

/** One field of an index or of a sort. */
export interface IndexField {
  path: Path;
  direction: 1 | -1;
}

/** An index, its entries in table `i<id>`; `only` says what a partial one holds; `multikey` once it met an array. */
export interface Index {
  id: number;
  name: string;
  fields: readonly IndexField[];
  unique: boolean;
  only: Filter | undefined;
  expireAfterSeconds: number | undefined;
  multikey: boolean;
  spec: Doc;
}

/** A collection, its documents in table `d<id>`. Never changed in place, so a view of it stays what it was. */
export interface Collection {
  id: number;
  db: string;
  name: string;
  indexes: readonly Index[];
}

/** All collections by `db.name`, as of one moment. */
export type Catalog = ReadonlyMap<string, Collection>;

/** What is known about collections, and the outcomes of retryable writes and commits. */
export const CATALOG_TABLES = `
  CREATE TABLE IF NOT EXISTS collections (id INTEGER PRIMARY KEY AUTOINCREMENT, db TEXT, name TEXT, UNIQUE (db, name));
  CREATE TABLE IF NOT EXISTS indexes (id INTEGER PRIMARY KEY AUTOINCREMENT, collection INTEGER, spec BLOB, multikey INTEGER);
  CREATE TABLE IF NOT EXISTS outcomes (session TEXT PRIMARY KEY, txn INTEGER, kind TEXT, replies BLOB, at INTEGER);
`;

/** An index as its stored specification describes it; a sparse one holds the documents that have its field. */
export function indexFromSpec(id: number, spec: Doc, multikey: boolean): Index {
  const { name, key, unique, sparse, partialFilterExpression, expireAfterSeconds } = spec;
  const entries = Object.entries(asDoc(key, 'key'));
  const holds = sparse === true ? { [entries[0]?.[0] ?? '']: { $exists: true } } : partialFilterExpression;
  return {
    id,
    name: String(name),
    fields: entries.map(([path, direction]) => ({ path: path.split('.'), direction: Number(direction) < 0 ? -1 : 1 })),
    unique: unique === true,
    only: holds === undefined ? undefined : parseFilter(asDoc(holds, 'partialFilterExpression')),
    expireAfterSeconds: expireAfterSeconds === undefined ? undefined : Number(expireAfterSeconds),
    multikey,
    spec,
  };
}

/** Reads the whole catalogue from its tables. */
export function readCatalog(sql: Connection): Catalog {
  const catalog = new Map<string, Collection>();
  for (const [id, db, name] of sql.all<[number, string, string]>('SELECT id, db, name FROM collections')) {
    const rows = sql.all<[number, Buffer, number]>(
      'SELECT id, spec, multikey FROM indexes WHERE collection = ? ORDER BY id',
      [id],
    );
    const indexes = rows.map(([index, spec, multikey]) => indexFromSpec(index, decode(spec), multikey === 1));
    catalog.set(`${db}.${name}`, { id, db, name, indexes });
  }
  return catalog;
}
