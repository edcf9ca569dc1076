import { createReadStream, type Dirent } from 'node:fs';
import { open, readdir, rename, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '@field/kit/log';
import { isMissing, makeFolder, OWNER_ONLY_FILE, syncFolder } from '@field/kit/write-durably';
import { type Arrivals, markOf, sourceOf } from '../sources/arrived.ts';
import { inLandingOrder, parseFileName } from './file-name.ts';
import type { IncomingSource, Offer } from './source.ts';

/** Names that are nobody's mistake: unfinished, hidden, or our own. */
const QUIET = /^\.|\.part$|\.result\.csv$/;

/**
 * Files that somebody puts into a directory. They are moved into `done/` or `quarantine/` in it, each with its result; one
 * whose name is there already gets a number. `now` by `clock.now()`. What is named otherwise is left alone, and said once in the log.
 * `encoding`: what they are in where no byte order mark says otherwise; `arrivals`: of those that came over a network, which way.
 */
export function directorySource(
  dir: string,
  log: Logger,
  now: () => number,
  { encoding = 'utf-8', arrivals }: { readonly encoding?: string | undefined; readonly arrivals?: Arrivals } = {},
): IncomingSource {
  const told = new Set<string>();

  function tell(name: string): void {
    if (told.has(name) || QUIET.test(name)) return;
    told.add(name);
    log.warn({ file: name }, 'incoming.otherName');
  }

  function tellNoFile({ name }: Dirent, is: string): void {
    if (told.has(name) || parseFileName(name) === undefined) return;
    told.add(name);
    log.warn({ file: name, is }, 'incoming.noFile');
  }

  return {
    async offers() {
      const entries = await entriesIn(dir);
      for (const entry of entries) if (!entry.isFile()) tellNoFile(entry, kindOf(entry));
      const names = entries.flatMap((entry) => (entry.isFile() ? [entry.name] : []));
      const files = names.flatMap((name) => {
        const parsed = parseFileName(name);
        if (parsed === undefined) tell(name);
        return parsed === undefined ? [] : [parsed];
      });
      return files.sort(inLandingOrder).map((file): Offer => {
        const path = join(dir, file.name);
        const version = async (): Promise<string> => markOf(await stat(path));
        return {
          ...file,
          encoding,
          version,
          source: async () => await sourceOf(file.name, await version(), arrivals),
          read: () => createReadStream(path),
          async putAway(where, result) {
            const folder = join(dir, where);
            await makeFolder(folder);
            const { free, resultName } = await freeName(folder, file.name);
            await writeWhole(join(folder, resultName), result);
            await rename(path, join(folder, free));
            await arrivals?.forget(file.name);
            // by their time it is known since when they lie there
            for (const name of [free, resultName]) await utimes(join(folder, name), new Date(now()), new Date(now()));
            await syncFolder(folder);
            await syncFolder(dir);
          },
        };
      });
    },
  };
}

async function entriesIn(dir: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(dir, { withFileTypes: true });
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

function kindOf(entry: Dirent): string {
  if (entry.isDirectory()) return 'a folder';
  if (entry.isSymbolicLink()) return 'a link';
  return entry.isFIFO() ? 'a pipe' : 'no regular file';
}

/** `review_20260503.csv`, or `review_20260503.2.csv` when that is taken, packed or not; and the name of its result. */
async function freeName(folder: string, name: string): Promise<{ free: string; resultName: string }> {
  const taken = new Set(await readdir(folder));
  const [, base = name, ending = ''] = /^(.*?)(\.\w+(?:\.gz)?)$/.exec(name) ?? [];
  for (let number = 1; ; number += 1) {
    const numbered = number === 1 ? base : `${base}.${number}`;
    const resultName = `${numbered}.result.csv`;
    if (!taken.has(resultName) && !taken.has(numbered + ending)) return { free: numbered + ending, resultName };
  }
}

/** A text under its name whole or not at all, written as it comes. */
async function writeWhole(path: string, text: AsyncIterable<string>): Promise<void> {
  const file = await open(`${path}.part`, 'w', OWNER_ONLY_FILE);
  try {
    for await (const piece of text) await file.appendFile(piece);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.part`, path);
}
