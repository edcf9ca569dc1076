import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { whyNotSaved } from '@field/kit/cannot-save';
import { AppError } from '@field/kit/errors';

const KEY_BYTES = 32;

/**
 * The demo's encryption key: the one in `dataDir/data.key` (base64, readable by its owner only), made the first time. Two
 * processes that make it at once end up with the same one. Throws `folder.unwritable`, or `config.invalid` when the file is damaged.
 */
export function dataKeyOf(dataDir: string): Buffer {
  const file = join(dataDir, 'data.key');
  try {
    mkdirSync(dataDir, { recursive: true });
    return read(file) ?? make(file);
  } catch (error) {
    if (error instanceof AppError || whyNotSaved(error) === 'full') throw error;
    const say = `The folder ${dataDir} cannot be used (${codeOf(error)}). Make it writable, or set DATA_DIR to another.`;
    throw new AppError('folder.unwritable', { folder: dataDir, say }, { cause: error });
  }
}

function read(file: string): Buffer | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length === KEY_BYTES) return key;
  const say = `${file} is damaged. Put back the one that sealed this folder's data, or start with an empty DATA_DIR.`;
  throw new AppError('config.invalid', { say });
}

/** Written whole beside its place and linked into it: a crash leaves no half key, and whoever comes second keeps the first. */
function make(file: string): Buffer {
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    writeFileSync(draft, randomBytes(KEY_BYTES).toString('base64'), { mode: 0o600, flush: true });
    linkSync(draft, file);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  const kept = read(file);
  if (kept === undefined) throw new AppError('bug.unexpected', { file });
  return kept;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
