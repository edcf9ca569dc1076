import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { decode } from './bson-reader.ts';
import { encode } from './bson-writer.ts';
import { Connection } from './connection.ts';
import { type Doc, keyFor } from './doc.ts';
import { type Filter, parseFilter } from './filter.ts';
import { type Order, parseOrder } from './order.ts';
import { damaged } from './seal.ts';
import { WaitingWrites } from './waiting-writes.ts';

/**
 * An index, its entries in table `i<id>`; `only` says what a partial one holds, `isReady` whether it holds all of that. `roots`: the fields
 * by whose values alone a document has its entry, as keys; undefined where that is not known.
 */
export type Index = {
  id: number;
  name: string;
  fields: Order;
  unique: boolean;
  only: Filter | undefined;
  roots: readonly string[] | undefined;
  isReady: boolean;
  spec: Doc;
};

/** A collection, its documents in table `d<id>`. Never changed in place, so a view of it stays what it was. */
export type Collection = { id: number; db: string; name: string; indexes: readonly Index[] };

/**
 * What reads see: a connection, and the collections by `db.name` that belong to it. `settle`: what is to be done before an index is read, where
 * its entries may still be to be written.
 */
export type View = {
  readonly sql: Connection;
  readonly catalog: ReadonlyMap<string, Collection>;
  readonly settle?: () => void;
};

export type DiskTrouble = 'full' | 'failing';

/** SQLite's own limit. */
const MOST_PAGES = 4_294_967_294;

const TABLES = `
  CREATE TABLE IF NOT EXISTS collections (id INTEGER PRIMARY KEY AUTOINCREMENT, db TEXT, name TEXT, UNIQUE (db, name));
  CREATE TABLE IF NOT EXISTS indexes (id INTEGER PRIMARY KEY AUTOINCREMENT, collection INTEGER, spec BLOB);
  CREATE TABLE IF NOT EXISTS outcomes (session TEXT PRIMARY KEY, txn INTEGER, kind TEXT, reply BLOB, at INTEGER);
`;

/** The data of one folder. Reads outside a transaction use `committed`; the one writer uses `writing`. */
export class Store {
  readonly #reader: Connection;
  readonly #writer: Connection;
  /** What is to be written before it is read, or the transaction ends. */
  readonly waiting: WaitingWrites;
  #committed: View['catalog'];
  #working: View['catalog'];
  /** Which of its transactions this is: between two of them others may have written. */
  turn = 0;
  /** The collections that get an index right now, by id. */
  readonly builds = new Set<number>();

  constructor(file: string) {
    this.#writer = openWhole(file);
    this.waiting = new WaitingWrites(this.#writer);
    this.#reader = new Connection(file);
    this.#working = readCatalog(this.#writer);
    this.#committed = this.#working;
    this.begin();
    for (const collection of this.#working.values()) this.dropUnfinished(collection);
    this.commit(() => undefined);
  }

  get committed(): View {
    return { sql: this.#reader, catalog: this.#committed };
  }

  get writing(): View {
    const [waiting, writer] = [this.waiting, this.#writer];
    return {
      catalog: this.#working,
      settle: () => waiting.settle(),
      get sql() {
        waiting.settleDocuments();
        return writer;
      },
    };
  }

  begin(): void {
    this.#writer.exec('BEGIN IMMEDIATE');
    this.turn += 1;
  }

  /** Does the last of a transaction, then makes all of it durable and visible; when that fails, nothing of it stays. */
  commit<T>(last: () => T): T {
    try {
      this.waiting.settle();
      const result = last();
      if (this.#working !== this.#committed) this.#nextVersion();
      this.#writer.exec('COMMIT');
      this.#committed = this.#working;
      return result;
    } catch (failure) {
      this.rollback();
      throw failure;
    }
  }

  /** Who reads over another connection knows by it, at each moment that it sees, whether what it knows of collections holds. */
  #nextVersion(): void {
    const [[version] = [0]] = this.#writer.all<[number]>('PRAGMA user_version');
    this.#writer.exec(`PRAGMA user_version = ${(version + 1) % 2 ** 31}`);
  }

  rollback(): void {
    this.waiting.forget();
    this.#working = this.#committed;
    if (this.#writer.inTransaction) this.#writer.exec('ROLLBACK');
  }

  /** The collection as the writer sees it, made when it is missing. */
  ensureCollection(db: string, name: string): Collection {
    const known = this.#working.get(`${db}.${name}`);
    if (known) return known;
    const id = this.#writer.run('INSERT INTO collections (db, name) VALUES (?, ?)', [db, name]);
    this.#writer.exec(`CREATE TABLE d${id} (seq INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, doc BLOB NOT NULL)`);
    return this.#becomes({ id, db, name, indexes: [] });
  }

  /** Declares an index with an empty table of entries; one that is not ready is kept with what is written, and read by nobody. */
  addIndex(collection: Collection, asked: Doc, isReady: boolean): Index {
    const spec = isReady ? asked : { ...asked, unfinished: true };
    const values = [collection.id, encode(spec)];
    const id = this.#writer.run('INSERT INTO indexes (collection, spec) VALUES (?, ?)', values);
    this.#writer.exec(`CREATE TABLE i${id} (key BLOB, seq INTEGER, PRIMARY KEY (key, seq)) WITHOUT ROWID`);
    const index = indexFromSpec(id, spec);
    this.#becomes({ ...collection, indexes: [...collection.indexes, index] });
    return index;
  }

  /** Takes a collection into the catalog as it is now: a store has a hundred indexes, and reading all for each would take as long as making them. */
  #becomes(collection: Collection): Collection {
    this.#working = new Map(this.#working).set(`${collection.db}.${collection.name}`, collection);
    return collection;
  }

  /** Replaces what is said of an index; what it holds stays as it is. */
  changeIndex({ id }: Index, spec: Doc): void {
    this.#writer.run('UPDATE indexes SET spec = ? WHERE id = ?', [encode(spec), id]);
    this.#working = readCatalog(this.#writer);
  }

  /** Whoever was at work on them is gone. */
  dropUnfinished({ indexes }: Collection): void {
    for (const index of indexes) if (!index.isReady) this.dropIndex(index);
  }

  dropIndex({ id }: Index): void {
    this.waiting.settle();
    this.#writer.exec(`DROP TABLE i${id}`);
    this.#writer.run('DELETE FROM indexes WHERE id = ?', [id]);
    this.#working = readCatalog(this.#writer);
  }

  dropCollection({ id, indexes }: Collection): void {
    this.waiting.settle();
    for (const index of indexes) this.#writer.exec(`DROP TABLE i${index.id}`);
    this.#writer.exec(`DROP TABLE d${id}`);
    this.#writer.run('DELETE FROM indexes WHERE collection = ?', [id]);
    this.#writer.run('DELETE FROM collections WHERE id = ?', [id]);
    this.#working = readCatalog(this.#writer);
  }

  renameCollection({ id }: Collection, db: string, name: string): void {
    this.#writer.run('UPDATE collections SET db = ?, name = ? WHERE id = ?', [db, name, id]);
    this.#working = readCatalog(this.#writer);
  }

  dropDatabase(db: string): void {
    for (const collection of this.#working.values()) if (collection.db === db) this.dropCollection(collection);
  }

  /** As on a disk that is full (the file grows no more) or fails (nothing is written), until it is called with neither. */
  onDisk(trouble: DiskTrouble | undefined): void {
    this.#writer.all(`PRAGMA max_page_count = ${trouble === 'full' ? 1 : MOST_PAGES}`);
    this.#writer.exec(`PRAGMA query_only = ${trouble === 'failing' ? 1 : 0}`);
  }

  /** Brings everything into the one file, where the disk lets it; else the next start does. */
  close(): void {
    this.#reader.close();
    try {
      this.#writer.all('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch {
      // what was committed is in the file beside it
    }
    this.#writer.close();
  }
}

/** The connection of the writer to a file with tables. A new file has its name once it is whole: an empty one was cut off. */
function openWhole(file: string): Connection {
  if (!existsSync(file)) {
    const part = `${file}.part`;
    rmSync(part, { force: true });
    const made = new Connection(part);
    made.exec(TABLES);
    made.close();
    renameSync(part, file);
  } else if (!statSync(file).isFile() || statSync(file).size === 0) throw damaged('no file, or an empty one');
  const sql = new Connection(file);
  sql.all('PRAGMA journal_mode = WAL');
  sql.exec('PRAGMA synchronous = FULL');
  sql.exec(TABLES);
  const [[waits] = [1]] = sql.all<[number]>('PRAGMA wal_checkpoint(TRUNCATE)');
  const [[pages, size] = [0, 0]] = sql.all<[number, number]>('SELECT * FROM pragma_page_count, pragma_page_size');
  if (waits === 0 && statSync(file).size < pages * size) throw damaged('a file that was cut off');
  return sql;
}

/** An index as its stored specification describes it. */
function indexFromSpec(id: number, spec: Doc): Index {
  const { name, key, unique, partialFilterExpression: holds } = spec;
  const only = holds === undefined ? undefined : sharedFilter(holds);
  const isReady = spec.unfinished === undefined;
  const fields = parseOrder(key);
  const paths = only?.exact === false ? undefined : [...fields, ...(only?.leaves ?? [])].map(({ path }) => path);
  const roots = paths && [...new Set(paths.map(([root = '']) => keyFor(root)))];
  return { id, name: String(name), fields, unique: unique === true, only, roots, isReady, spec };
}

/** What partial indexes hold, by its bytes: a document is then tested once for all that hold the same. */
const shared = new Map<string, Filter>();

function sharedFilter(holds: unknown): Filter {
  const spec = encode({ holds }).toString('latin1');
  const known = shared.get(spec) ?? parseFilter(holds);
  shared.set(spec, known);
  return known;
}

/** The collections that a connection sees, by `db.name`. */
export function readCatalog(sql: Connection): View['catalog'] {
  const stored = sql.all<[number, number, Buffer]>('SELECT collection, id, spec FROM indexes ORDER BY id');
  const collections = sql.all<[number, string, string]>('SELECT id, db, name FROM collections');
  const catalog = collections.map(([id, db, name]): [string, Collection] => {
    const own = stored.filter(([collection]) => collection === id);
    const indexes = own.map(([, index, spec]) => indexFromSpec(index, decode(spec)));
    return [`${db}.${name}`, { id, db, name, indexes }];
  });
  return new Map(catalog);
}
