import Database from 'libsql';

/** What SQLite takes and gives. */
export type SqlValue = number | string | Buffer | null;

/** One SQLite connection with its prepared statements. Every read is drained, so none stays open and pins old data. */
export class Connection {
  readonly #database: Database.Database;
  readonly #statements = new Map<string, Database.Statement>();

  constructor(file: string, options: { readonly?: boolean | undefined } = {}) {
    this.#database = new Database(file, {
      readonly: options.readonly === true,
      fileMustExist: options.readonly === true,
    });
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
    const statement = this.#prepared(sql).raw();
    return statement.all([...values]) as Row[];
  }

  /** Runs one statement that writes; the id of the row it added. */
  run(sql: string, values: readonly SqlValue[] = []): number {
    return Number(this.#prepared(sql).run([...values]).lastInsertRowid);
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #prepared(sql: string): Database.Statement {
    const statement = this.#statements.get(sql) ?? this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}
