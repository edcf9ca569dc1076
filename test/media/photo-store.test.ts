import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { filePhotoStore } from '../../src/media/file-photo-store.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'photo-store-'));
});
afterEach(() => rm(folder, { recursive: true }));

const bytes = Buffer.from('a photo');
const hash = createHash('sha256').update(bytes).digest('hex');

test('a photo comes back as it was put, also for another process', async () => {
  await filePhotoStore(folder).put(hash, bytes);
  const other = filePhotoStore(folder);
  expect(await other.has(hash)).toBe(true);
  expect(await other.get(hash)).toEqual(bytes);
});

test('an unknown photo is absent, not an error', async () => {
  const store = filePhotoStore(folder);
  expect(await store.has(hash)).toBe(false);
  expect(await store.get(hash)).toBeUndefined();
});

test('put many times at once, there is one file and nothing left over', async () => {
  const store = filePhotoStore(folder);
  await Promise.all(Array.from({ length: 20 }, () => store.put(hash, bytes)));
  await store.put(hash, bytes);
  expect(await readdir(join(folder, 'photos', hash.slice(0, 2)))).toEqual([`${hash}.jpg`]);
});

test('only the owner can read photos and their folders', async () => {
  await filePhotoStore(folder).put(hash, bytes);
  const shard = join(folder, 'photos', hash.slice(0, 2));
  expect((await stat(join(folder, 'photos'))).mode & 0o777).toBe(0o700);
  expect((await stat(shard)).mode & 0o777).toBe(0o700);
  expect((await stat(join(shard, `${hash}.jpg`))).mode & 0o777).toBe(0o600);
});

test.each(['', '../../etc/passwd', 'ABC', `${'a'.repeat(64)}/..`])(
  'a name that is no hash reaches no file: %j',
  async (name) => {
    const store = filePhotoStore(folder);
    await expect(store.put(name, bytes)).rejects.toThrow(RangeError);
    await expect(store.get(name)).rejects.toThrow(RangeError);
    await expect(store.has(name)).rejects.toThrow(RangeError);
  },
);

test('what is set aside is not there; it comes back, goes for good, or is put again', async () => {
  const store = filePhotoStore(folder);
  await store.put(hash, bytes);
  await store.setAside(hash);
  expect([await store.has(hash), await store.get(hash)]).toEqual([false, undefined]);
  await store.bringBack(hash);
  expect(await store.get(hash)).toEqual(bytes);
  await store.setAside(hash);
  await store.put(hash, bytes);
  await store.removeAside(hash);
  expect(await store.get(hash)).toEqual(bytes);
  await store.setAside(hash);
  // begun again after a crash
  for (const _ of ['once', 'again']) await store.setAside(hash);
  for (const _ of ['once', 'again']) await store.removeAside(hash);
  expect(await readdir(join(folder, 'photos', hash.slice(0, 2)))).toEqual([]);
});

test('what was being written when a process died is swept once it is old, and nothing else', async () => {
  const store = filePhotoStore(folder);
  await store.put(hash, bytes);
  const shard = join(folder, 'photos', hash.slice(0, 2));
  for (const name of ['old', 'young']) await writeFile(join(shard, `${hash}.jpg.${name}.tmp`), 'half');
  await utimes(join(shard, `${hash}.jpg.old.tmp`), 1, 1);
  expect(await store.removeCutOff(Date.now() - 60_000)).toBe(1);
  expect((await readdir(shard)).toSorted()).toEqual([`${hash}.jpg`, `${hash}.jpg.young.tmp`]);
});
