import Database from 'libsql';

/** What SQLite takes and gives. */
export type SqlValue = number | string | Buffer | null;

const AT_ONCE = [64, 8, 1] as const;

/** One SQLite connection with its prepared statements. No read stays open, which would pin old data: each is drained, or ended by `first`. */
export class Connection {
  readonly #database: Database.Database;
  readonly #statements = new Map<string, Database.Statement>();

  constructor(file: string, { readonly = false } = {}) {
    this.#database = new Database(file, { readonly, fileMustExist: readonly });
  }

  get inTransaction(): boolean {
    return this.#database.inTransaction;
  }

  /** Runs statements that take no value and give no row. */
  exec(sql: string): void {
    this.#database.exec(sql);
  }

  /** All rows of a query, each an array of its columns. */
  all<Row extends SqlValue[]>(sql: string, values: readonly SqlValue[] = []): Row[] {
    return this.#prepared(sql, true).all([...values]) as Row[];
  }

  /** The first row of a query, undefined where there is none: in half the time of all. */
  first<Row extends SqlValue[]>(sql: string, values: readonly SqlValue[] = []): Row | undefined {
    return this.#prepared(sql, true).get([...values]) as Row | undefined;
  }

  /** Runs one statement that writes; the id of the row it added, 0 when it changed none. */
  run(sql: string, values: readonly SqlValue[] = []): number {
    const { changes, lastInsertRowid } = this.#prepared(sql).run([...values]);
    return changes > 0 ? Number(lastInsertRowid) : 0;
  }

  /** Runs a statement for rows in their order, of many at once: a call takes as long as what SQLite does to one. `rows`: one's words, so often. */
  runEach(all: readonly (readonly SqlValue[])[], words: (rows: (one: string, between?: string) => string) => string) {
    let at = 0;
    for (const count of AT_ONCE) {
      const sql = words((one, between = ', ') => Array(count).fill(one).join(between));
      for (; all.length - at >= count; at += count) this.run(sql, all.slice(at, at + count).flat());
    }
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #prepared(sql: string, reads = false): Database.Statement {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, reads ? statement.raw() : statement);
    return statement;
  }
}
