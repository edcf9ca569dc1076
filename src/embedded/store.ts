import { Connection } from './connection.ts';
import { type Filter, parseFilter } from './filter.ts';
import type { Path } from './paths.ts';
import { asDoc, type Doc, decode, encode } from './values.ts';

export type { SqlValue } from './connection.ts';

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

/** What reads see: a connection, and the collections by `db.name` that belong to it. */
export interface View {
  readonly sql: Connection;
  readonly catalog: ReadonlyMap<string, Collection>;
}

const TABLES = `
  CREATE TABLE IF NOT EXISTS collections (id INTEGER PRIMARY KEY AUTOINCREMENT, db TEXT, name TEXT, UNIQUE (db, name));
  CREATE TABLE IF NOT EXISTS indexes (id INTEGER PRIMARY KEY AUTOINCREMENT, collection INTEGER, spec BLOB, multikey INTEGER);
  CREATE TABLE IF NOT EXISTS outcomes (session TEXT PRIMARY KEY, txn INTEGER, kind TEXT, reply BLOB, at INTEGER);
`;

/** The data of one folder. Reads outside a transaction use `committed`; the one writer uses `writing`. */
export class Store {
  readonly #reader: Connection;
  readonly #writer: Connection;
  #committed: View['catalog'];
  #working: View['catalog'];

  constructor(file: string) {
    this.#writer = new Connection(file);
    this.#writer.get('PRAGMA journal_mode = WAL');
    this.#writer.exec('PRAGMA synchronous = FULL');
    this.#writer.exec(TABLES);
    this.#reader = new Connection(file);
    this.#working = readCatalog(this.#writer);
    this.#committed = this.#working;
  }

  get committed(): View {
    return { sql: this.#reader, catalog: this.#committed };
  }

  get writing(): View {
    return { sql: this.#writer, catalog: this.#working };
  }

  begin(): void {
    this.#writer.exec('BEGIN IMMEDIATE');
  }

  /** Makes what was written durable and visible; when SQLite refuses, nothing of it stays. */
  commit(): void {
    try {
      this.#writer.exec('COMMIT');
    } catch (failure) {
      this.rollback();
      throw failure;
    }
    this.#committed = this.#working;
  }

  rollback(): void {
    this.#working = this.#committed;
    if (this.#writer.inTransaction) this.#writer.exec('ROLLBACK');
  }

  /** The collection as the writer sees it, made when it is missing. */
  ensureCollection(db: string, name: string): Collection {
    const known = this.#working.get(`${db}.${name}`);
    if (known) return known;
    const id = this.#writer.run('INSERT INTO collections (db, name) VALUES (?, ?)', [db, name]);
    this.#writer.exec(`CREATE TABLE d${id} (seq INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, doc BLOB NOT NULL)`);
    return this.#remember({ id, db, name, indexes: [] });
  }

  /** Declares an index with an empty table of entries. */
  addIndex(collection: Collection, spec: Doc): Index {
    const values = [collection.id, encode(spec)];
    const id = this.#writer.run('INSERT INTO indexes (collection, spec, multikey) VALUES (?, ?, 0)', values);
    this.#writer.exec(`CREATE TABLE i${id} (key BLOB, seq INTEGER, PRIMARY KEY (key, seq)) WITHOUT ROWID`);
    const index = indexFromSpec(id, spec, false);
    this.#remember({ ...collection, indexes: [...collection.indexes, index] });
    return index;
  }

  /** Notes that an index holds arrays; it stays so. */
  markMultikey({ db, name }: Collection, { id }: Index): void {
    const latest = this.ensureCollection(db, name);
    if (latest.indexes.some((index) => index.id === id && index.multikey)) return;
    this.#writer.run('UPDATE indexes SET multikey = 1 WHERE id = ?', [id]);
    const indexes = latest.indexes.map((index) => (index.id === id ? { ...index, multikey: true } : index));
    this.#remember({ ...latest, indexes });
  }

  dropDatabase(db: string): void {
    const dropped = [...this.#working.values()].filter((collection) => collection.db === db);
    for (const { id, indexes } of dropped) {
      for (const table of [`d${id}`, ...indexes.map((index) => `i${index.id}`)])
        this.#writer.exec(`DROP TABLE ${table}`);
      this.#writer.run('DELETE FROM indexes WHERE collection = ?', [id]);
      this.#writer.run('DELETE FROM collections WHERE id = ?', [id]);
    }
    this.#working = new Map([...this.#working].filter(([, collection]) => collection.db !== db));
  }

  close(): void {
    this.#reader.close();
    this.#writer.close();
  }

  #remember(collection: Collection): Collection {
    this.#working = new Map(this.#working).set(`${collection.db}.${collection.name}`, collection);
    return collection;
  }
}

/** An index as its stored specification describes it; a sparse one holds the documents that have its field. */
function indexFromSpec(id: number, spec: Doc, multikey: boolean): Index {
  const entries = Object.entries(asDoc(spec.key, 'key'));
  const holds = spec.sparse === true ? { [entries[0]?.[0] ?? '']: { $exists: true } } : spec.partialFilterExpression;
  return {
    id,
    name: String(spec.name),
    fields: entries.map(([path, direction]) => ({ path: path.split('.'), direction: Number(direction) < 0 ? -1 : 1 })),
    unique: spec.unique === true,
    only: holds === undefined ? undefined : parseFilter(asDoc(holds, 'partialFilterExpression')),
    multikey,
    spec,
  };
}

function readCatalog(sql: Connection): View['catalog'] {
  const stored = sql.all<[number, number, Buffer, number]>(
    'SELECT collection, id, spec, multikey FROM indexes ORDER BY id',
  );
  const collections = sql.all<[number, string, string]>('SELECT id, db, name FROM collections');
  const catalog = collections.map(([id, db, name]): [string, Collection] => {
    const own = stored.filter(([collection]) => collection === id);
    const indexes = own.map(([, index, spec, multikey]) => indexFromSpec(index, decode(spec), multikey === 1));
    return [`${db}.${name}`, { id, db, name, indexes }];
  });
  return new Map(catalog);
}
