import { existsSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { AppError } from '@field/kit/errors';

const OWNER_ONLY = 0o600;
const BARE = /^[\w@:/.+=,-]*$/;
const QUOTES = ["'", '"', '`'] as const;

/** Throws `usage.wrong` when there is a file already that nobody said to replace. */
export function assertMayWrite(file: string, replace: boolean): void {
  if (!existsSync(file) || replace) return;
  const say = `${file} is there already. With --replace its settings that are not asked for stay, DATA_KEY too, and the file is kept beside.`;
  throw new AppError('usage.wrong', { say });
}

/**
 * Writes settings into a file that is its owner's only, whole or not at all. One that is there is put aside first; answers under
 * which name, or undefined where there was none. Errors: `file.unwritable`.
 */
export function writeSettings(file: string, settings: Readonly<Record<string, string>>): string | undefined {
  const lines = Object.entries(settings)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${quoted(name, value)}\n`);
  const text = lines.join('');
  const part = `${file}.part`;
  try {
    writeFileSync(part, text, { mode: OWNER_ONLY });
    const aside = putAside(file);
    // a file that somebody made meanwhile is not written over
    linkSync(part, file);
    return aside;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AppError('file.unwritable', { say: `${file} cannot be written: ${why}` }, { cause });
  } finally {
    rmSync(part, { force: true });
  }
}

/** What stands in a file that this wrote, or somebody else did; none where it is not there. */
export function settingsIn(file: string): Readonly<Record<string, string>> {
  if (!existsSync(file)) return {};
  const bytes = readFileSync(file);
  const read = parseEnv(new TextDecoder(encodingOf(bytes)).decode(bytes).replace(/\r\n?/g, '\n'));
  return Object.fromEntries(Object.entries(read).map(([name, value]) => [name, value ?? '']));
}

/** As `scripts/env-file.mjs` tells it, which has read the file before this and refused what is in no encoding that it knows. */
function encodingOf([first, second]: Buffer): string {
  if (first === 0xff || second === 0) return 'utf-16le';
  return first === 0xfe || first === 0 ? 'utf-16be' : 'utf-8';
}

function putAside(file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  let number = 1;
  while (existsSync(`${file}.old-${number}`)) number++;
  renameSync(file, `${file}.old-${number}`);
  return `${file}.old-${number}`;
}

function quoted(name: string, value: string): string {
  if (BARE.test(value)) return value;
  const mark = QUOTES.find((one) => !value.includes(one));
  if (mark === undefined || /[\r\n]/.test(value)) {
    throw new AppError('usage.wrong', { say: `${name} has characters that cannot stand in a file of settings.` });
  }
  return `${mark}${value}${mark}`;
}
