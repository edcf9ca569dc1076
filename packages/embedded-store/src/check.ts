import { join } from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import { AppError } from '@field/kit/errors';
import { Connection } from './engine/connection.ts';
import { type Examined, examine } from './engine/damage.ts';
import { MongoError } from './engine/mongo-error.ts';

/** The file that holds everything. */
export const STORE_FILE = 'mongo.db';

/**
 * Looks at everything that the store of a folder holds, as of now, whether it runs or not; changes nothing. `gently`: rests as long as
 * it works. Error 'store.damaged' when it cannot even be opened.
 */
export async function checkStore(dataDir: string, gently = false): Promise<Examined> {
  const file = join(dataDir, STORE_FILE);
  try {
    const sql = new Connection(file, { readonly: true });
    try {
      sql.exec('BEGIN');
      const looking = examine(sql);
      for (let began = performance.now(); ; began = performance.now()) {
        const step = looking.next();
        if (step.done) return step.value;
        if (gently) await rest(performance.now() - began);
      }
    } finally {
      // a statement that nobody has let go of yet would hold what it read, and with it the file
      if (sql.inTransaction) sql.exec('ROLLBACK');
      sql.close();
    }
  } catch (cause) {
    throw isDamage(cause) ? storeDamaged(file, cause) : cause;
  }
}

/** Whether SQLite, or what reads its rows, says that a file is none of ours, or not whole. */
export function isDamage(thrown: unknown): boolean {
  const { code, message } = Object(thrown);
  const said = thrown instanceof MongoError ? thrown.told.codeName : `${code} ${message}`;
  return /^(SQLITE_(NOTADB|CORRUPT|ERROR no such )|DataCorruptionDetected$|InvalidBSON$)/.test(String(said));
}

/** 'store.damaged', with the sentence for whoever operates it. */
export function storeDamaged(file: string, cause?: unknown): AppError {
  const say = `${file} is damaged, or no database. Put back the last copy of its folder, or move the file away to begin anew without its data.`;
  return new AppError('store.damaged', { file, say }, { cause });
}
