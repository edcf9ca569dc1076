import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PhotoStore } from '../../models/photo-store.ts';
import { type OutgoingRow, outgoingRow } from '../../src/daily/submission-line.ts';

/** A photo store in memory that has a photo for each of `names`. */
export function photosOf(
  ...names: string[]
): Pick<PhotoStore, 'put' | 'get' | 'has'> & { hashOf(name: string): string } {
  const hashOf = (name: string) => createHash('sha256').update(name).digest('hex');
  const stored = new Map<string, Buffer>(names.map((name) => [hashOf(name), Buffer.from(name)]));
  return {
    hashOf,
    put: async (hash, jpeg) => void stored.set(hash, jpeg),
    get: async (hash) => stored.get(hash),
    has: async (hash) => stored.has(hash),
  };
}

/** A spot submitted with one photo, `photo-<n>`. */
export function spotRow(n: number, photos: ReturnType<typeof photosOf>): OutgoingRow {
  return outgoingRow({
    itemType: 'SPOT',
    itemRef: `spot-${n}`,
    revision: 1,
    promotionNumber: 'P-7K3M',
    product: 'MARKETING_CODE',
    isoId: 'iso-1',
    staffRef: 'staff1',
    submittedAt: Date.UTC(2026, 4, 3, 7, 5),
    storeRef: 'store-1',
    values: { spotType: 'CASHIER_COUNTER', note: 'ติดแน่น\n"ok"' },
    photos: [{ role: 'closeup', sha256: photos.hashOf(`photo-${n}`) }],
  });
}

/** Every key in the closed files, in order; throws on a line that is not whole or names a photo that is not there. */
export async function keysInClosedFiles(dir: string): Promise<string[]> {
  const names = (await readdir(dir)).filter((name) => name.endsWith('.jsonl')).sort();
  const keys: string[] = [];
  for (const name of names) {
    const text = await readFile(join(dir, name), 'utf8');
    if (!text.endsWith('\n')) throw new Error(`${name} does not end with a whole line`);
    for (const line of text.slice(0, -1).split('\n')) {
      const { submissionKey, photos } = JSON.parse(line) as { submissionKey: string; photos: { sha256: string }[] };
      for (const { sha256 } of photos) await readFile(join(dir, 'photos', `${sha256}.jpg`));
      keys.push(submissionKey);
    }
  }
  return keys;
}
