import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { isMissing, writeDurably } from '@field/kit/write-durably';
import { z } from 'zod';
import { listFile } from './backup-place.ts';

const NOTE = 'last-backup.json';
const note = z.object({
  name: z.string().min(1),
  /** The folder of the backups. */
  to: z.string().min(1),
  /** Milliseconds. */
  at: z.number(),
});
export type BackupNote = z.output<typeof note>;

/** Notes beside the data which backup was made of it last, and where. */
export async function noteBackup(dataDir: string, { name, to, at }: BackupNote): Promise<void> {
  await writeDurably(join(dataDir, NOTE), Buffer.from(`${JSON.stringify({ name, to: resolve(to), at })}\n`));
}

/** Undefined where none was made of this data, or the note of it cannot be read. */
export async function lastBackup(dataDir: string): Promise<BackupNote | undefined> {
  try {
    return note.parse(JSON.parse(await readFile(join(dataDir, NOTE), 'utf8')));
  } catch {
    return undefined;
  }
}

/** Whether it still lies where it was made. */
export async function isThere({ to, name }: BackupNote): Promise<boolean> {
  try {
    return (await stat(listFile(to, name))).isFile();
  } catch (thrown) {
    if (isMissing(thrown)) return false;
    throw thrown;
  }
}
