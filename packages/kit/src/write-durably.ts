import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Writable } from 'node:stream';

/** Folders that hold people's photos and submissions: for their owner only (architecture 12). */
export const OWNER_ONLY_FOLDER = 0o700;
export const OWNER_ONLY_FILE = 0o600;

/** How the name of a file ends that is being written, or was when a process died. */
export const BEING_WRITTEN = '.tmp';

/** Makes the folder and those above it, for the owner only. */
export async function makeFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: OWNER_ONLY_FOLDER });
}

/** Makes names that were added to or taken from a folder survive a power cut. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/**
 * Writes a whole file so that at any crash it is there complete or not at all: beside its place, synced, renamed, and the
 * folder synced. The folder must exist.
 */
export async function writeDurably(path: string, bytes: Buffer): Promise<void> {
  const beside = `${path}.${randomBytes(6).toString('hex')}${BEING_WRITTEN}`;
  try {
    const file = await open(beside, 'wx', OWNER_ONLY_FILE);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

/**
 * Opens a file, has it written to as a stream, and answers or fails only once it is closed: whoever removes it then has removed it. By
 * default on disk by then; `flags` as in `fs.open`.
 */
export async function writeStream(
  path: string,
  write: (file: Writable) => Promise<void>,
  { flags = 'w', flush = true }: { readonly flags?: 'w' | 'wx'; readonly flush?: boolean } = {},
): Promise<void> {
  const file = await open(path, flags, OWNER_ONLY_FILE);
  try {
    await write(file.createWriteStream({ flush }));
  } finally {
    await file.close();
  }
}

/** Whether what was thrown says that a file or folder is not there. */
export function isMissing(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT';
}
