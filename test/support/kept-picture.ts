import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

const FOLDER = join('node_modules', '.cache', 'test-pictures');
const MADE_BY = ['pictures', 'declared-size', 'picture-canvas', 'qr-pattern'];
/** A larger one is padding, which is made faster than read. */
const LARGEST_KEPT_BYTES = 4 * 1024 * 1024;

const inMemory = new Map<string, Promise<Buffer>>();
let makers: string | undefined;

/** The picture of this name, made once for all test files and runs: the same name is the same bytes, until the code that makes it changes. */
export function keptPicture(name: string, make: () => Promise<Buffer>): Promise<Buffer> {
  const known = inMemory.get(name);
  if (known) return known;
  const picture = keptOnDisk(name, make);
  inMemory.set(name, picture);
  return picture;
}

async function keptOnDisk(name: string, make: () => Promise<Buffer>): Promise<Buffer> {
  makers ??= hashOfMakers();
  const path = join(FOLDER, createHash('sha256').update(`${makers} ${name}`).digest('hex'));
  if (existsSync(path)) return readFileSync(path);
  const picture = await make();
  if (picture.length > LARGEST_KEPT_BYTES) return picture;
  mkdirSync(FOLDER, { recursive: true });
  const part = `${path}.${randomUUID()}`;
  writeFileSync(part, picture);
  renameSync(part, path);
  return picture;
}

function hashOfMakers(): string {
  const hash = createHash('sha256').update(JSON.stringify(sharp.versions));
  const ending = extname(fileURLToPath(import.meta.url));
  for (const maker of MADE_BY) hash.update(readFileSync(new URL(`./${maker}${ending}`, import.meta.url)));
  return hash.digest('hex');
}
