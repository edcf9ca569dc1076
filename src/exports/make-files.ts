import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { listName } from '../../cards/team/list-name.ts';
import { translator } from '../../cards/text.ts';
import type { Export } from '../../models/exports.ts';
import { findIso } from '../../models/isos.ts';
import { currentProgramme } from '../../models/programme-in-use.ts';
import { timeOf } from '../domain/export-state.ts';
import { wordsByPlace } from '../programme/word-texts.ts';
import { LISTS } from './lists.ts';
import type { Reader } from './table.ts';
import { writeParts } from './write-parts.ts';

/** A workbook of a list, as it is called in the chat. */
export interface MadeFile {
  readonly fileName: string;
  bytes(): Promise<Buffer>;
}

export interface MadeFiles {
  readonly rows: number;
  readonly files: readonly MadeFile[];
  /** Removes them from the disk. */
  discard(): Promise<void>;
}

/** Contract 3.3 says 20 MB. */
const LARGEST_BYTES = 20 * 1024 * 1024 - 64 * 1024;

/**
 * Makes what somebody asked for, without phones, contacts and registration numbers, in a folder of its own below `folder`; `photosAt` as it
 * is then. No more of it
 * is held in memory than one file when it is read.
 */
export function createFileMaker(
  folder: string,
  photosAt: () => Reader['photosAt'],
): (asked: Export, now: number) => Promise<MadeFiles> {
  return async ({ exportId, isoId, userId, list, period, language, askedAt }, now) => {
    const timeZone = (await findIso(isoId))?.timeZone ?? 'UTC';
    const t = translator(language, wordsByPlace(currentProgramme().programme));
    const time = timeOf(period, askedAt, timeZone);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const own = await mkdtemp(join(folder, 'list-'));
    const discard = (): Promise<void> => rm(own, { recursive: true, force: true });
    try {
      const reader = { t, timeZone, photosAt: photosAt() };
      const asked = { isoId, from: time.from, to: time.to, now, by: userId, cause: exportId, personal: false };
      const made = () => LISTS[list](asked, reader);
      const parts = await writeParts(made, own, { maxBytes: LARGEST_BYTES, timeZone });
      const name = [t(listName(list)), time.name].filter(Boolean).join(' ');
      const files = parts.map(({ path }, index) => ({
        fileName: `${name}${parts.length === 1 ? '' : ` (${index + 1}-${parts.length})`}.xlsx`,
        bytes: () => readFile(path),
      }));
      return { rows: parts.reduce((sum, { rows }) => sum + rows, 0), files, discard };
    } catch (thrown) {
      await discard();
      throw thrown;
    }
  };
}

/** Nothing is made for so long. */
const HALF_MADE_MS = 3_600_000;

/** Removes what a process left below `folder` that died while it made one; `machine` as of the machine's clock. */
export async function forgetHalfMade(folder: string, machine: number): Promise<void> {
  const left = await readdir(folder).catch(() => []);
  for (const name of left) {
    const path = join(folder, name);
    const { mtimeMs } = await stat(path);
    if (mtimeMs < machine - HALF_MADE_MS) await rm(path, { recursive: true, force: true });
  }
}
