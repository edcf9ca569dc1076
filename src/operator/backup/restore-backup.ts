import { existsSync } from 'node:fs';
import { readdir, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { checkStore } from '@field/embedded-store';
import { AppError } from '@field/kit/errors';
import { makeFolder, syncFolder } from '@field/kit/write-durably';
import { howMany } from '../how-many.ts';
import type { Progress } from '../progress.ts';
import { type BackupList, type BackupPlace, backupPlace } from './backup-place.ts';

export interface FindBackup {
  /** The folder of the backups. */
  readonly from: string;
  /** The last one, where no name is said. */
  readonly name?: string | undefined;
  readonly dataKey: Buffer;
  readonly progress: Progress;
}

export interface Checked {
  readonly name: string;
  readonly documents: number;
  readonly files: number;
}

/** Reads all of a backup, and changes nothing. Errors: 'backup.damaged', 'backup.cannot' where there is none. */
export async function verifyBackup({ from, name, dataKey, progress }: FindBackup): Promise<Checked> {
  const place = backupPlace(from, dataKey);
  const found = await backupNamed(place, from, name);
  const hashes = [...new Set(found.files.map(([, hash]) => hash))];
  try {
    for (const [index, hash] of hashes.entries()) {
      await place.verify(hash);
      progress.say('contents read', (index + 1) / hashes.length);
    }
  } finally {
    progress.end();
  }
  return { name: found.name, documents: found.documents, files: found.files.length };
}

/**
 * Brings a backup back into a folder that is not there, or empty: whole or not at all. The store is looked through, and has as many documents
 * as it had. Errors: 'backup.damaged', 'backup.cannot', 'store.damaged'.
 */
export async function restoreBackup(to: string, { from, name, dataKey, progress }: FindBackup): Promise<Checked> {
  const place = backupPlace(from, dataKey);
  const found = await backupNamed(place, from, name);
  await mustBeEmpty(to);
  const part = `${resolve(to)}.restoring`;
  await rm(part, { recursive: true, force: true });
  try {
    await makeFolder(part);
    for (const [index, [path, hash]] of found.files.entries()) {
      await place.bring(hash, join(part, ...path.split('/')));
      progress.say('files brought back', (index + 1) / found.files.length);
    }
    const { documents, damage } = await checkStore(part);
    if (damage.length > 0 || documents !== found.documents) {
      const say = `The store of backup ${found.name} has ${howMany(documents, 'document')} in place of ${found.documents}. ${damage.join('\n')}`;
      throw new AppError('backup.damaged', { file: found.name, say });
    }
    if (existsSync(to)) await rmdir(to);
    await rename(part, resolve(to));
    await syncFolder(dirname(resolve(to)));
    return { name: found.name, documents, files: found.files.length };
  } finally {
    progress.end();
    await rm(part, { recursive: true, force: true });
  }
}

async function backupNamed(
  place: BackupPlace,
  from: string,
  asked: string | undefined,
): Promise<BackupList & { readonly name: string }> {
  const name = asked ?? (await place.names()).at(-1);
  if (name === undefined) throw new AppError('backup.cannot', { say: `There is no backup in ${from}.` });
  return { name, ...(await place.read(name)) };
}

async function mustBeEmpty(to: string): Promise<void> {
  if (!existsSync(to) || (await readdir(to)).length === 0) return;
  const say = `${to} is not empty. Restore into a new folder, then start the bot with DATA_DIR=<that folder>.`;
  throw new AppError('backup.cannot', { say });
}
