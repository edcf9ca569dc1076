import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder, syncFolder } from '@field/kit/write-durably';
import { appendDurably, readFrom } from './line-file.ts';
import { namesIn } from './names-in.ts';

/** Which submission stands in which file, also after the receiver took that file away. */
export interface HandedOverKeys {
  /** The file a submission stands in. */
  fileOf(submissionKey: string): string | undefined;
  /** The highest number used in a file name of that day, 0 for none. */
  lastSequence(day: string): number;
  /** Takes in what was added since, by this process or another. */
  refresh(): Promise<void>;
  /** Durable on return. The lines must have been synced before. */
  add(submissionKeys: readonly string[], file: string): Promise<void>;
  /** Removes the lists of months before this day (`YYYYMMDD`) that nobody reads any more; answers how many. */
  removeBefore(day: string): Promise<number>;
  /** The folder is gone: nothing was handed over. */
  forget(): void;
}

/** `submissions_<YYYYMMDD>_<seq>.jsonl`. */
export const FILE_NAME = /^submissions_(\d{8})_(\d{3,})\.jsonl$/;

/** A row is marked as handed over within moments; after this many months nobody asks again. */
const MONTHS_REMEMBERED = 3;

/** Keeps the keys in one text file a month, `<YYYYMM>.txt`, one line each: key, tab, file. */
export function handedOverKeys(folder: string): HandedOverKeys {
  const files = new Map<string, string>();
  const sequences = new Map<string, number>();
  const readUpTo = new Map<string, number>();

  const take = (line: string) => {
    const [key, file] = line.split('\t');
    const name = FILE_NAME.exec(file ?? '');
    // A line that a crash cut off has no whole file name; its key is added again from the file it stands in.
    if (!key || !file || !name?.[1]) return;
    files.set(key, file);
    sequences.set(name[1], Math.max(sequences.get(name[1]) ?? 0, Number(name[2])));
  };

  const refreshMonth = async (month: string) => {
    const from = readUpTo.get(month) ?? 0;
    const bytes = await readFrom(join(folder, month), from);
    const whole = bytes.lastIndexOf(10) + 1;
    for (const line of bytes.toString('utf8', 0, whole).split('\n')) take(line);
    readUpTo.set(month, from + whole);
  };

  return {
    fileOf: (submissionKey) => files.get(submissionKey),
    lastSequence: (day) => sequences.get(day) ?? 0,
    refresh: async () => {
      for (const month of (await monthsIn(folder)).slice(-MONTHS_REMEMBERED)) await refreshMonth(month);
    },
    add: async (submissionKeys, file) => {
      if (submissionKeys.length === 0) return;
      await makeFolder(folder);
      const month = `${FILE_NAME.exec(file)?.[1]?.slice(0, 6)}.txt`;
      // The line break in front ends a line that a crash cut off.
      const text = `\n${submissionKeys.map((key) => `${key}\t${file}\n`).join('')}`;
      await appendDurably(join(folder, month), text);
      await syncFolder(folder);
      await refreshMonth(month);
    },
    removeBefore: async (day) => {
      const unread = (await monthsIn(folder)).slice(0, -MONTHS_REMEMBERED);
      const old = unread.filter((month) => month.slice(0, 6) < day.slice(0, 6));
      for (const month of old) await rm(join(folder, month), { force: true });
      return old.length;
    },
    forget: () => {
      for (const known of [files, sequences, readUpTo]) known.clear();
    },
  };
}

async function monthsIn(folder: string): Promise<string[]> {
  return (await namesIn(folder)).filter((name) => /^\d{6}\.txt$/.test(name)).sort();
}
