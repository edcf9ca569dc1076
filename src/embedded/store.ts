import { CATALOG_TABLES, type Catalog, type Collection, type Index, indexFromSpec, readCatalog } from './catalog.ts';
import { Connection } from './connection.ts';
import { type Doc, encode } from './values.ts';

/** What reads see: a connection and the catalogue that belongs to it. */
export interface View {
  readonly sql: Connection;
  readonly catalog: Catalog;
}

/** The data of one folder. Reads outside a transaction use `committed`; the one writer uses `writing`. */
export class Store {
  readonly #reader: Connection;
  readonly #writer: Connection;
  #committed: Catalog;
  #working: Catalog;

  constructor(file: string) {
    this.#writer = new Connection(file);
    this.#writer.get('PRAGMA journal_mode = WAL');
    this.#writer.exec('PRAGMA synchronous = FULL');
    this.#writer.exec(CATALOG_TABLES);
    this.#reader = new Connection(file);
    this.#committed = readCatalog(this.#writer);
    this.#working = this.#committed;
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
    this.#writer.exec('ROLLBACK');
  }

  /** Runs `work` in a SQLite transaction of its own. */
  inOne<T>(work: () => T): T {
    this.begin();
    let result: T;
    try {
      result = work();
    } catch (failure) {
      this.rollback();
      throw failure;
    }
    this.commit();
    return result;
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
  addIndex(collection: Collection, spec: Doc): { collection: Collection; index: Index } {
    const id = this.#writer.run('INSERT INTO indexes (collection, spec, multikey) VALUES (?, ?, 0)', [
      collection.id,
      encode(spec),
    ]);
    this.#writer.exec(`CREATE TABLE i${id} (key BLOB, seq INTEGER, PRIMARY KEY (key, seq)) WITHOUT ROWID`);
    const index = indexFromSpec(id, spec, false);
    return { index, collection: this.#remember({ ...collection, indexes: [...collection.indexes, index] }) };
  }

  /** Notes that an index holds arrays; it stays so. */
  markMultikey(collection: Collection, index: Index): void {
    const latest = this.#working.get(`${collection.db}.${collection.name}`) ?? collection;
    if (latest.indexes.some(({ id, multikey }) => id === index.id && multikey)) return;
    this.#writer.run('UPDATE indexes SET multikey = 1 WHERE id = ?', [index.id]);
    const indexes = latest.indexes.map((each) => (each.id === index.id ? { ...each, multikey: true } : each));
    this.#remember({ ...latest, indexes });
  }

  dropDatabase(db: string): void {
    const catalog = new Map(this.#working);
    for (const [namespace, collection] of this.#working) {
      if (collection.db !== db) continue;
      catalog.delete(namespace);
      for (const { id } of collection.indexes) this.#writer.exec(`DROP TABLE i${id}`);
      this.#writer.exec(`DROP TABLE d${collection.id}`);
      this.#writer.run('DELETE FROM indexes WHERE collection = ?', [collection.id]);
      this.#writer.run('DELETE FROM collections WHERE id = ?', [collection.id]);
    }
    this.#working = catalog;
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
