import type { SqlValue } from './connection.ts';
import { type Condition, parseFilter } from './filter.ts';
import { compileMatcher, type Matcher } from './matcher.ts';
import type { Path } from './paths.ts';
import { asDoc, type Doc, decode } from './values.ts';

/** One field of an index. */
export interface IndexField {
  path: Path;
  direction: 1 | -1;
}

/** An index: its entries stand in table `i<id>`. `multikey` once any document had an array on its paths. */
export interface Index {
  id: number;
  name: string;
  fields: readonly IndexField[];
  unique: boolean;
  only: { condition: Condition; matches: Matcher } | undefined;
  expireAfterSeconds: number | undefined;
  multikey: boolean;
  spec: Doc;
}

/** A collection: its documents stand in table `d<id>`. Never changed in place, so a view of it stays what it was. */
export interface Collection {
  id: number;
  db: string;
  name: string;
  indexes: readonly Index[];
}

/** All collections by `db.name`, as of one moment. */
export type Catalog = ReadonlyMap<string, Collection>;

/** The tables that hold what is known about collections, and the outcomes of retryable writes and commits. */
export const CATALOG_TABLES = `
  CREATE TABLE IF NOT EXISTS collections (id INTEGER PRIMARY KEY AUTOINCREMENT, db TEXT NOT NULL, name TEXT NOT NULL, UNIQUE (db, name));
  CREATE TABLE IF NOT EXISTS indexes (id INTEGER PRIMARY KEY AUTOINCREMENT, collection INTEGER NOT NULL, spec BLOB NOT NULL, multikey INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS outcomes (session TEXT PRIMARY KEY, txn INTEGER NOT NULL, kind TEXT NOT NULL, replies BLOB NOT NULL, at INTEGER NOT NULL);
`;

/** An index as its stored specification describes it. */
export function indexFromSpec(id: number, spec: Doc, multikey: boolean): Index {
  const fields = Object.entries(asDoc(spec.key, 'key')).map(
    ([path, direction]): IndexField => ({ path: path.split('.'), direction: Number(direction) < 0 ? -1 : 1 }),
  );
  const expireAfterSeconds = spec.expireAfterSeconds;
  return {
    id,
    name: String(spec.name),
    fields,
    unique: spec.unique === true,
    only: membership(spec, fields),
    expireAfterSeconds: expireAfterSeconds === undefined ? undefined : Number(expireAfterSeconds),
    multikey,
    spec,
  };
}

/** Which documents the index holds; a sparse one holds those that have its field. */
function membership(spec: Doc, fields: readonly IndexField[]): Index['only'] {
  const [first] = fields;
  const filter = spec.partialFilterExpression;
  let condition: Condition | undefined;
  if (filter !== undefined) condition = parseFilter(asDoc(filter, 'partialFilterExpression'));
  else if (spec.sparse === true && first) condition = { kind: 'exists', path: first.path };
  return condition && { condition, matches: compileMatcher(condition) };
}

/** Reads the whole catalogue from its tables. */
export function readCatalog(all: (sql: string) => SqlValue[][]): Catalog {
  const catalog = new Map<string, Collection>();
  const indexes = all('SELECT id, collection, spec, multikey FROM indexes ORDER BY id');
  for (const [id, db, name] of all('SELECT id, db, name FROM collections ORDER BY id')) {
    const own = indexes.filter(([, collection]) => collection === id);
    catalog.set(`${db}.${name}`, {
      id: Number(id),
      db: String(db),
      name: String(name),
      indexes: own.map(([index, , spec, multikey]) =>
        indexFromSpec(Number(index), decode(spec as Buffer), multikey === 1),
      ),
    });
  }
  return catalog;
}
