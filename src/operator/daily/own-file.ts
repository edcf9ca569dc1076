import { createReadStream, type Stats } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { AppError } from '@field/kit/errors';
import { isMissing } from '@field/kit/write-durably';
import { parseFileName } from '../../daily/incoming/file-name.ts';
import { type ReceivedFile, receive } from '../../daily/incoming/receive.ts';
import type { Offer } from '../../daily/incoming/source.ts';
import { cannot } from './cannot.ts';

/** A file that an operator named, under the name it is to land by. */
export interface OwnFile extends Omit<Offer, 'putAway' | 'source'> {
  /** Absolute. */
  readonly path: string;
}

/** By `name`, or its own; undefined for a name that is none of a daily file. Errors: `daily.cannot` where there is no file to read. */
export async function ownFile(path: string, name: string | undefined, encoding: string): Promise<OwnFile | undefined> {
  const absolute = resolve(path);
  await mustBeFile(absolute);
  const named = parseFileName(name ?? basename(absolute));
  if (named === undefined) return undefined;
  return {
    ...named,
    path: absolute,
    encoding,
    async version() {
      const { size, mtimeMs, ino } = await stat(absolute);
      return `${size}/${mtimeMs}/${ino}`;
    },
    read: () => createReadStream(absolute),
  };
}

/** Does `work` on a copy of its own, as the bot reads it. Errors: `daily.cannot` where it is refused as a whole, or changes. */
export async function onReceived<T>(file: OwnFile, work: (received: ReceivedFile) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'daily-'));
  try {
    const received = await receive(file, folder);
    if (received === undefined) throw cannot(`${file.path} changes while it is read. Try again when it is finished.`);
    return await work(received);
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === 'file.refused')
      throw cannot(`${file.path} would be quarantined: ${thrown.details.why}. Nothing was changed.`);
    throw thrown;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function mustBeFile(path: string): Promise<void> {
  const found = await statOf(path);
  if (found === undefined) throw cannot(`There is no file ${path}.`);
  if (found.isDirectory()) throw cannot(`${path} is a folder. Name one file in it.`);
  if (!found.isFile()) throw cannot(`${path} is no regular file. Copy what it says into one.`);
  if (found.size === 0) throw cannot(`${path} is empty: there is nothing in it to land.`);
}

async function statOf(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw cannot(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
  }
}
