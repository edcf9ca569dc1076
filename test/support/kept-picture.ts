import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { hashOf, keptOnDisk } from './kept-on-disk.ts';

const MADE_BY = ['pictures', 'declared-size', 'picture-canvas', 'qr-pattern', 'bent-code', 'sheet-of-codes'];
/** A larger one is padding, which is made faster than read. */
const LARGEST_KEPT_BYTES = 4 * 1024 * 1024;

const inMemory = new Map<string, Promise<Buffer>>();
let makers: string | undefined;

/** The picture of this name, made once for all test files and runs: the same name is the same bytes, until the code that makes it changes. */
export function keptPicture(name: string, make: () => Promise<Buffer>): Promise<Buffer> {
  const known = inMemory.get(name);
  if (known) return known;
  makers ??= hashOfMakers();
  const kept = { folder: 'test-pictures', madeBy: makers, largestBytes: LARGEST_KEPT_BYTES };
  const picture = keptOnDisk(name, kept, make);
  inMemory.set(name, picture);
  return picture;
}

function hashOfMakers(): string {
  const ending = extname(fileURLToPath(import.meta.url));
  const files = MADE_BY.map((maker) => new URL(`./${maker}${ending}`, import.meta.url));
  return hashOf(files, sharp.versions);
}
