import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Kept {
  /** Of `node_modules/.cache`. */
  readonly folder: string;
  /** A hash of all that it depends on beside its name: what was made by something else is made again. */
  readonly madeBy: string;
  readonly largestBytes?: number | undefined;
}

/** Bytes that are made once for all test files and runs: the same name is the same bytes. */
export async function keptOnDisk(
  name: string,
  { folder, madeBy, largestBytes = Infinity }: Kept,
  make: () => Promise<Buffer>,
): Promise<Buffer> {
  const at = join('node_modules', '.cache', folder);
  const path = join(at, createHash('sha256').update(`${madeBy} ${name}`).digest('hex'));
  if (existsSync(path)) return readFileSync(path);
  const bytes = await make();
  if (bytes.length > largestBytes) return bytes;
  mkdirSync(at, { recursive: true });
  const part = `${path}.${randomUUID()}`;
  writeFileSync(part, bytes);
  renameSync(part, path);
  return bytes;
}

/** A hash of these files and of whatever else. */
export function hashOf(files: readonly (string | URL)[], ...more: readonly unknown[]): string {
  const hash = createHash('sha256').update(JSON.stringify(more));
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest('hex');
}
