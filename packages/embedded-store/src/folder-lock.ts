import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { whyNotSaved } from '@field/kit/cannot-save';
import { AppError } from '@field/kit/errors';
import { isDamage, storeDamaged } from './check.ts';
import { Connection } from './engine/connection.ts';

/** Holds a folder, by a lock that ends with the process, until the result is called. 'folder.unwritable', 'folder.locked'. */
export function lockFolder(folder: string): () => void {
  let lock: Connection;
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    lock = new Connection(join(folder, 'mongo.lock'));
  } catch (cause) {
    if (whyNotSaved(cause) === 'full') throw cause;
    const say = `The folder ${folder} cannot be written. Make it writable, or choose another.`;
    throw new AppError('folder.unwritable', { folder, say }, { cause });
  }
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    lock.close();
    if (isDamage(cause)) throw storeDamaged(join(folder, 'mongo.lock'), cause);
    if (whyNotSaved(cause) !== undefined) throw cause;
    const say = `The folder ${folder} is in use by another process. End that one, or choose another folder.`;
    throw new AppError('folder.locked', { folder, say }, { cause });
  }
  return () => lock.close();
}
