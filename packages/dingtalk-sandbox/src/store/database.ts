import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '@field/kit/errors';
import Libsql from 'libsql';
import { bringForward } from './schema.ts';

export type SqlValue = string | number | null | Buffer;

/** One SQLite file. Every statement is committed when the call returns, so that killing the process loses nothing. */
export class Database {
  readonly #file: Libsql.Database;
  readonly #prepared = new Map<string, Libsql.Statement<SqlValue[][]>>();
  readonly #unlock: () => void;
  #inTransaction = false;

  constructor(file: Libsql.Database, unlock: () => void) {
    this.#file = file;
    this.#unlock = unlock;
  }

  run(sql: string, ...values: SqlValue[]): number {
    return this.#prepare(sql).run(values).changes;
  }

  one<Row>(sql: string, ...values: SqlValue[]): Row | undefined {
    return this.#prepare(sql).get(values) as Row | undefined;
  }

  all<Row>(sql: string, ...values: SqlValue[]): Row[] {
    return this.#prepare(sql).all(values) as Row[];
  }

  /** All or nothing; a transaction inside another is part of it. */
  transaction<Result>(body: () => Result): Result {
    if (this.#inTransaction) return body();
    this.#file.exec('BEGIN IMMEDIATE');
    this.#inTransaction = true;
    try {
      const result = body();
      this.#file.exec('COMMIT');
      return result;
    } catch (thrown) {
      // SQLite has rolled back by itself where the disk is full
      if (this.#file.inTransaction) this.#file.exec('ROLLBACK');
      throw thrown;
    } finally {
      this.#inTransaction = false;
    }
  }

  close(): void {
    this.#prepared.clear();
    this.#file.pragma('wal_checkpoint(TRUNCATE)');
    this.#file.close();
    this.#unlock();
  }

  #prepare(sql: string): Libsql.Statement<SqlValue[][]> {
    let statement = this.#prepared.get(sql);
    if (statement === undefined) {
      statement = this.#file.prepare<SqlValue[][]>(sql);
      this.#prepared.set(sql, statement);
    }
    return statement;
  }
}

/**
 * Opens `sandbox.db` in `folder`, made if it is not there, in the form of this release. The folder is held as long as it is open: a
 * second sandbox on it is refused (`folder.locked`), so are a folder that cannot be used (`folder.unwritable`) and a file of a newer
 * release (`store.tooNew`).
 */
export function openDatabase(folder: string): Database {
  let unlock = (): void => undefined;
  try {
    mkdirSync(folder, { recursive: true });
    unlock = holdFolder(folder);
    const file = new Libsql(join(folder, 'sandbox.db'));
    for (const setting of ['journal_mode=WAL', 'synchronous=NORMAL']) file.pragma(setting);
    bringForward(file, folder);
    return new Database(file, unlock);
  } catch (thrown) {
    unlock();
    if (thrown instanceof AppError) throw thrown;
    const locked = String(thrown).includes('locked');
    const say = locked
      ? `The folder ${folder} is in use by another sandbox. Stop that one, or set DATA_DIR to another folder.`
      : `The folder ${folder} cannot be used: ${thrown instanceof Error ? thrown.message : String(thrown)}`;
    throw new AppError(locked ? 'folder.locked' : 'folder.unwritable', { folder, say }, { cause: thrown });
  }
}

/**
 * An open exclusive transaction on a file of its own, which the system drops with the process, however it ends. The state's
 * own file will not do: the library lets go of it only when its statements are collected.
 */
function holdFolder(folder: string): () => void {
  const lock = new Libsql(join(folder, 'sandbox.lock'));
  lock.exec('BEGIN EXCLUSIVE');
  return () => {
    lock.exec('COMMIT');
    lock.close();
  };
}

/** Every table that a reset empties, besides media (`Files.forgetMedia`) and what was counted, which end before; the running number of entries stays, so that a watcher never sees one twice. */
export const RESET_TABLES = [
  'apps',
  'people',
  'groups',
  'templates',
  'entries',
  'tops',
  'cards',
  'streamed',
  'dynamicSources',
  'dynamicData',
  'files',
  'links',
  'todos',
  'pushes',
  'sent',
  'cardCallbacks',
] as const;
