import { createHash } from 'node:crypto';
import { readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { dayOf } from '@field/kit/calendar';
import type { Clock } from '@field/kit/clock';
import { AppError, asAppError } from '@field/kit/errors';
import { isMissing, makeFolder, syncFolder, writeDurably } from '@field/kit/write-durably';
import type { PhotoStore } from '../../models/photo-store.ts';
import { FILE_NAME, handedOverKeys } from './handed-over-keys.ts';
import { appendDurably, readFrom, repairedKeys } from './line-file.ts';
import { namesIn } from './names-in.ts';
import { type OutgoingRow, type SubmissionLine, submissionLine } from './submission-line.ts';

/** Where submissions go to reach the reviewers (architecture 11). One process at a time may use a folder: hold a lease. */
export interface Outgoing {
  /** What this folder is called, for good, among those of several processes: `fresh`, where it has no name yet. */
  name(fresh: string): Promise<string>;
  /**
   * Writes each row's photos and then its line, unless that line stands in a file already. On return everything in
   * `handedOver` survives any crash, and may be marked; a row that was not marked is handed in again and comes back with
   * the file it is in. `failed` holds rows that could not be written, the others unhindered. Throws
   * `folder.unwritable` when nothing can be.
   */
  append(rows: readonly OutgoingRow[]): Promise<HandedOver>;
  /** Whether a file is being written. */
  isOpen(): Promise<boolean>;
  /** Closes the file being written, hourly and at the day's end. Answers its name, undefined when there was none. */
  close(): Promise<string | undefined>;
  /** The file a submission stands in, closed or not. */
  contains(submissionKey: string): Promise<string | undefined>;
  /** Removes closed files of days before this one (`YYYYMMDD`), photos that no line has named since, and what keys nobody asks for. */
  removeBefore(day: string): Promise<number>;
  /** Removes everything, as before the first start (a demo's reset). */
  clear(): Promise<void>;
}

export interface HandedOver {
  readonly handedOver: readonly { readonly submissionKey: string; readonly file: string }[];
  readonly failed: readonly { readonly submissionKey: string; readonly error: AppError }[];
}

export interface OutgoingOptions {
  readonly dir: string;
  readonly photos: Pick<PhotoStore, 'get'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly timeZone: string;
}

const PART = '.part';

/**
 * The writer of `submissions_<YYYYMMDD>_<seq>.jsonl` and `photos/<sha256>.jpg`. A file is `.part` until it is closed. Each
 * call looks at the folder afresh, so it goes on after any crash, also that of another process: it cuts a torn line, and
 * skips every key that a line or the list of keys (`.keys`) has.
 */
export function createOutgoing({ dir, photos, clock, timeZone }: OutgoingOptions): Outgoing {
  const photoFolder = join(dir, 'photos');
  const keys = handedOverKeys(join(dir, '.keys'));
  const exclusively = oneAfterTheOther();

  /** The file being written, its keys all in the list; files of days past, or of a crash, are closed on the way. */
  const currentFile = async (
    day: string | undefined,
  ): Promise<{ file: string | undefined; closed: string | undefined }> => {
    await makeFolder(photoFolder);
    await keys.refresh();
    const names = await readdir(dir);
    const parts = names.filter((name) => name.endsWith(PART) && FILE_NAME.test(name.slice(0, -PART.length))).sort();
    let file: string | undefined;
    let closed: string | undefined;
    for (const part of parts) {
      const name = part.slice(0, -PART.length);
      const inFile = await repairedKeys(join(dir, part));
      await keys.add(
        inFile.filter((key) => keys.fileOf(key) === undefined),
        name,
      );
      if (FILE_NAME.exec(name)?.[1] === day && part === parts.at(-1)) file = name;
      else if (inFile.length === 0) await rm(join(dir, part));
      else {
        await rename(join(dir, part), join(dir, name));
        closed = name;
      }
    }
    if (parts.length > 0) await syncFolder(dir);
    return { file, closed };
  };

  const newFile = async (day: string): Promise<string> => {
    const used = (await readdir(dir)).map((name) => FILE_NAME.exec(name)).filter((name) => name?.[1] === day);
    const last = Math.max(keys.lastSequence(day), ...used.map((name) => Number(name?.[2])));
    return `submissions_${day}_${String(last + 1).padStart(3, '0')}.jsonl`;
  };

  const placePhoto = async (hash: string): Promise<void> => {
    const path = join(photoFolder, `${hash}.jpg`);
    const now = new Date(clock.now());
    // by its time it is known when a line named it last
    if (await isThere(path)) return await utimes(path, now, now);
    const jpeg = await photos.get(hash);
    if (!jpeg || createHash('sha256').update(jpeg).digest('hex') !== hash)
      throw new AppError('photo.missing', { hash });
    await writeDurably(path, jpeg);
    await utimes(path, now, now);
  };

  const removeBefore = async (day: string): Promise<number> => {
    const old = (await namesIn(dir)).filter((name) => (FILE_NAME.exec(name)?.[1] ?? day) < day);
    for (const name of old) await rm(join(dir, name), { force: true });
    let photosGone = 0;
    for (const name of await namesIn(photoFolder)) {
      const path = join(photoFolder, name);
      if (dayOf((await stat(path)).mtimeMs, timeZone) >= day) continue;
      await rm(path, { force: true });
      photosGone += 1;
    }
    return old.length + photosGone + (await keys.removeBefore(day));
  };

  const ready = async ({ line, photoHashes }: OutgoingRow): Promise<SubmissionLine> => {
    const parsed = submissionLine.parse(line);
    for (const hash of new Set([...photoHashes, ...parsed.photos.map((photo) => photo.sha256)])) await placePhoto(hash);
    return parsed;
  };

  const append = async (rows: readonly OutgoingRow[]): Promise<HandedOver> => {
    const day = dayOf(clock.now(), timeZone);
    const file = (await currentFile(day)).file ?? (await newFile(day));
    const fresh = new Map<string, SubmissionLine>();
    const failed: HandedOver['failed'][number][] = [];
    for (const row of rows) {
      const { submissionKey } = row;
      if (keys.fileOf(submissionKey) || fresh.has(submissionKey)) continue;
      try {
        fresh.set(submissionKey, await ready(row));
      } catch (thrown) {
        if (isSystemError(thrown)) throw thrown;
        failed.push({ submissionKey, error: asAppError(thrown) });
      }
    }
    if (fresh.size > 0) {
      const text = [...fresh.values()].map((line) => `${JSON.stringify(line)}\n`).join('');
      await appendDurably(join(dir, file + PART), text);
      await syncFolder(dir);
      await keys.add([...fresh.keys()], file);
    }
    const handedOver = [...new Set(rows.map((row) => row.submissionKey))].flatMap((submissionKey) => {
      const standsIn = keys.fileOf(submissionKey);
      return standsIn ? [{ submissionKey, file: standsIn }] : [];
    });
    return { handedOver, failed };
  };

  return {
    name: (fresh) => exclusively(() => nameOf(join(dir, '.keys'), fresh)),
    append: (rows) => exclusively(() => append(rows)),
    isOpen: async () => (await namesIn(dir)).some((name) => name.endsWith(PART)),
    close: () => exclusively(async () => (await currentFile(undefined)).closed),
    contains: (submissionKey) =>
      exclusively(async () => {
        await currentFile(dayOf(clock.now(), timeZone));
        return keys.fileOf(submissionKey);
      }),
    removeBefore: (day) => exclusively(() => removeBefore(day)),
    clear: () =>
      exclusively(async () => {
        await rm(dir, { recursive: true, force: true });
        keys.forget();
      }),
  };
}

/** Runs one call after the other; the disk's refusal becomes an error that is known by name. */
function oneAfterTheOther(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work).catch((thrown: unknown) => {
      throw isSystemError(thrown) ? new AppError('folder.unwritable', {}, { cause: thrown }) : thrown;
    });
    last = mine.catch(() => undefined);
    return mine;
  };
}

async function nameOf(folder: string, fresh: string): Promise<string> {
  const path = join(folder, 'name');
  const known = await readFrom(path, 0);
  if (known.length > 0) return known.toString('utf8');
  await makeFolder(folder);
  await writeDurably(path, Buffer.from(fresh));
  return fresh;
}

function isSystemError(thrown: unknown): boolean {
  return thrown instanceof Error && 'syscall' in thrown;
}

async function isThere(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}
