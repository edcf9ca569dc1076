import Database from 'libsql';

/** What SQLite takes and gives. */
export type SqlValue = number | string | Buffer | null;

const MAX_CACHED_STATEMENTS = 2_000;

/** One SQLite connection with its prepared statements. Rows are arrays; every read is drained, so no statement stays open. */
export class Connection {
  readonly #database: Database.Database;
  readonly #statements = new Map<string, Database.Statement>();

  constructor(file: string) {
    this.#database = new Database(file);
  }

  /** Runs statements that take no value and give no row. */
  exec(sql: string): void {
    this.#database.exec(sql);
  }

  /** All rows of a query. */
  all(sql: string, values: readonly SqlValue[] = []): SqlValue[][] {
    return this.#prepared(sql, true).all([...values]) as SqlValue[][];
  }

  /** The first row of a query. */
  get(sql: string, values: readonly SqlValue[] = []): SqlValue[] | undefined {
    return this.#prepared(sql, true).get([...values]) as SqlValue[] | undefined;
  }

  /** Runs one statement that writes. */
  run(sql: string, values: readonly SqlValue[] = []): { changes: number; rowId: number } {
    const { changes, lastInsertRowid } = this.#prepared(sql, false).run([...values]);
    return { changes, rowId: Number(lastInsertRowid) };
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #prepared(sql: string, raw: boolean): Database.Statement {
    const known = this.#statements.get(sql);
    if (known) return known;
    if (this.#statements.size >= MAX_CACHED_STATEMENTS) this.#statements.clear();
    const statement = this.#database.prepare(sql);
    if (raw) statement.raw();
    this.#statements.set(sql, statement);
    return statement;
  }
}
