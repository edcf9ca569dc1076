import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { AppError } from '../errors.ts';

/**
 * Holds a folder for this process until the result is called: an exclusive SQLite lock, which the system drops with the
 * process, however it ends. 'folder.unwritable' or 'folder.locked' when it cannot be had.
 */
export function lockFolder(folder: string): () => void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (cause) {
    throw new AppError('folder.unwritable', { folder }, { cause });
  }
  const lock = openLock(folder);
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    lock.close();
    throw new AppError('folder.locked', { folder }, { cause });
  }
  return () => {
    lock.exec('ROLLBACK');
    lock.close();
  };
}

function openLock(folder: string): Database.Database {
  try {
    return new Database(join(folder, 'mongo.lock'));
  } catch (cause) {
    throw new AppError('folder.unwritable', { folder }, { cause });
  }
}
