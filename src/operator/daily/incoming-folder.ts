import { chmod, copyFile, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing, makeFolder, OWNER_ONLY_FILE, syncFolder } from '@field/kit/write-durably';
import { askToLook } from '../../daily/incoming/ask-to-look.ts';
import { parseFileName } from '../../daily/incoming/file-name.ts';
import { namesIn } from '../../daily/names-in.ts';
import { cannot } from './cannot.ts';
import type { OwnFile } from './own-file.ts';

/** Where files lie that were put away. */
export type PutAway = 'done' | 'quarantine';

const RESULT = '.result.csv';
const ENDING = /^(.*?)(\.\w+(?:\.gz)?)$/;
const LONGEST_REASON_BYTES = 4_096;

/** Every name in the folder, wherever in it. */
export async function namesEverywhere(incoming: string): Promise<readonly string[]> {
  const folders = [incoming, join(incoming, 'done'), join(incoming, 'quarantine')];
  return (await Promise.all(folders.map(namesIn))).flat();
}

/** Copies a file there as a careful sender does: whole under its name or not at all; then the bot is asked to look. */
export async function putIn(file: OwnFile, incoming: string): Promise<void> {
  await makeFolder(incoming);
  const place = join(incoming, file.name);
  await mustBeFree(place, file.name);
  const before = await file.version();
  try {
    await copyFile(file.path, `${place}.part`);
    // it is people's data, whoever could read where it lay
    await chmod(`${place}.part`, OWNER_ONLY_FILE);
    await syncFile(`${place}.part`);
    if ((await file.version()) !== before)
      throw cannot(`${file.path} changed while it was copied. Try again when it is finished.`);
    await mustBeFree(place, file.name);
    await rename(`${place}.part`, place);
  } finally {
    await rm(`${place}.part`, { force: true });
  }
  await syncFolder(incoming);
  await askToLook(incoming);
}

/** Puts a quarantined file back where it came from, without its old result. Errors: `daily.cannot` where one of that name waits. */
export async function putBack(quarantined: string, name: string, incoming: string): Promise<void> {
  const folder = join(incoming, 'quarantine');
  await mustBeFree(join(incoming, name), name);
  await rm(join(folder, resultNameOf(quarantined)), { force: true });
  await rename(join(folder, quarantined), join(incoming, name));
  await syncFolder(folder);
  await syncFolder(incoming);
  await askToLook(incoming);
}

/** Whether a file waits there, or is being landed. */
export async function isWaiting(name: string, incoming: string): Promise<boolean> {
  return (await namesIn(incoming)).includes(name);
}

/** A quarantined file, why it is there, and the name it came under: a second one of a name has a number in it. */
export interface Quarantined {
  readonly file: string;
  readonly name: string;
  readonly why: string;
}

export async function quarantinedIn(incoming: string): Promise<readonly Quarantined[]> {
  const folder = join(incoming, 'quarantine');
  const files = (await namesIn(folder)).filter((name) => !name.endsWith(RESULT) && !name.endsWith('.part')).toSorted();
  return await Promise.all(
    files.map(async (file) => ({
      file,
      name: nameBefore(file),
      why: await reasonIn(join(folder, resultNameOf(file))),
    })),
  );
}

/** The result of a file that was put away, the last one of that name. Undefined where there is none. */
export async function resultOf(name: string, where: PutAway, incoming: string): Promise<string | undefined> {
  const folder = join(incoming, where);
  const [, base = name] = ENDING.exec(name) ?? [];
  const isIts = (other: string): boolean => {
    const number = other.startsWith(base) && other.endsWith(RESULT) && other.slice(base.length, -RESULT.length);
    return number === '' || (number !== false && /^\.\d+$/.test(number));
  };
  const results = (await namesIn(folder)).filter(isIts);
  const timed = await Promise.all(
    results.map(async (result) => ({ result, at: (await stat(join(folder, result))).mtimeMs })),
  );
  const [last] = timed.toSorted((one, other) => other.at - one.at || other.result.length - one.result.length);
  return last && join(folder, last.result);
}

/** What a result file says of a file that was refused. */
export async function reasonIn(path: string): Promise<string> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(LONGEST_REASON_BYTES), 0, LONGEST_REASON_BYTES, 0);
      const [, cell = 'its result does not say'] =
        /\r\n,,quarantined,("(?:[^"]|"")*"|[^\r\n]*)/.exec(buffer.toString('utf8', 0, bytesRead)) ?? [];
      return cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
    } finally {
      await file.close();
    }
  } catch (error) {
    if (isMissing(error)) return 'it has no result';
    throw error;
  }
}

/** `review_20260503.csv` for `review_20260503.2.csv`, packed or not. */
function nameBefore(file: string): string {
  const bare = file.replace(/\.\d+(\.\w+(?:\.gz)?)$/, '$1');
  return parseFileName(file) === undefined && parseFileName(bare) !== undefined ? bare : file;
}

/** As `freeName` of the directory's source has it: the name without its ending. */
function resultNameOf(file: string): string {
  const [, base = file] = ENDING.exec(file) ?? [];
  return `${base}${RESULT}`;
}

async function mustBeFree(place: string, name: string): Promise<void> {
  try {
    await stat(place);
  } catch (error) {
    if (isMissing(error)) return;
    throw error;
  }
  throw cannot(`${name} waits in the folder already, or is being landed. Give yours another number.`);
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
