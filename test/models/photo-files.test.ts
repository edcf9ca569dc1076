import { createHash, randomBytes } from 'node:crypto';
import mongoose from 'mongoose';
import { describe, expect, it } from 'vitest';
import { gridFsPhotoStore } from '../../models/photo-files.ts';
import { realServerUri } from '../../packages/embedded-store/test/stores.ts';
import { useModels } from './store.ts';

const uri = realServerUri();
const HOUR_MS = 3_600_000;

/** A photo of three parts. */
function photo() {
  const jpeg = randomBytes(600_000);
  return { jpeg, hash: createHash('sha256').update(jpeg).digest('hex') };
}

const chunks = () => mongoose.connection.collection<{ _id: mongoose.mongo.ObjectId }>('photofiles.chunks');
const partsOf = (hash: string) => chunks().countDocuments({ files_id: hash });

/** What is left where a process died while it put this: the first parts, written so long ago, and no file. */
async function cutOff({ hash, jpeg }: ReturnType<typeof photo>, agoMs: number): Promise<void> {
  const seconds = Math.floor((Date.now() - agoMs) / 1_000);
  for (const n of [0, 1]) {
    const _id = mongoose.mongo.ObjectId.createFromHexString(
      seconds.toString(16).padStart(8, '0') + randomBytes(8).toString('hex'),
    );
    const data = new mongoose.mongo.Binary(jpeg.subarray(n * 261_120, (n + 1) * 261_120));
    await chunks().insertOne({ _id, files_id: hash, n, data } as never);
  }
}

describe.skipIf(uri === undefined)('photos in GridFS, on a real server', () => {
  useModels(uri);
  const store = gridFsPhotoStore();

  it('put by many at once there is one, which comes back as it was', async () => {
    const { hash, jpeg } = photo();
    await Promise.all(Array.from({ length: 10 }, () => store.put(hash, jpeg).catch(() => undefined)));
    await store.put(hash, jpeg);
    expect(await store.get(hash)).toEqual(jpeg);
    expect(await partsOf(hash)).toBe(3);
  });

  it('what is set aside is not there; it comes back, goes for good, or is put again', async () => {
    const { hash, jpeg } = photo();
    await store.put(hash, jpeg);
    await store.setAside(hash);
    expect([await store.has(hash), await store.get(hash)]).toEqual([false, undefined]);
    await store.bringBack(hash);
    expect(await store.get(hash)).toEqual(jpeg);
    await store.setAside(hash);
    await store.put(hash, jpeg);
    await store.removeAside(hash);
    expect(await store.get(hash)).toEqual(jpeg);
    for (const _ of ['once', 'begun again after a crash']) await store.setAside(hash);
    for (const _ of ['once', 'begun again after a crash']) await store.removeAside(hash);
    expect([await store.has(hash), await partsOf(hash)]).toEqual([false, 0]);
  });

  it('removed by halves, the rest goes when that is done again', async () => {
    const { hash, jpeg } = photo();
    await store.put(hash, jpeg);
    await store.setAside(hash);
    await mongoose.connection.collection('photofiles.files').deleteOne({ _id: hash as never });
    await store.removeAside(hash);
    expect(await partsOf(hash)).toBe(0);
  });

  it('a photo whose first try was cut off is kept all the same', async () => {
    const one = photo();
    await cutOff(one, HOUR_MS);
    await store.put(one.hash, one.jpeg);
    expect(await store.get(one.hash)).toEqual(one.jpeg);
    expect(await partsOf(one.hash)).toBe(3);
  });

  it('the parts of one that another process is putting at this moment are left to it', async () => {
    const one = photo();
    await cutOff(one, 0);
    await expect(store.put(one.hash, one.jpeg)).rejects.toMatchObject({ code: 11000 });
    expect(await partsOf(one.hash)).toBe(2);
  });

  it('what was cut off long ago is swept, and nothing else', async () => {
    const [old, young, whole] = [photo(), photo(), photo()];
    await cutOff(old, 2 * HOUR_MS);
    await cutOff(young, 0);
    await store.put(whole.hash, whole.jpeg);
    expect(await store.removeCutOff(Date.now() - HOUR_MS)).toBe(1);
    expect([await partsOf(old.hash), await partsOf(young.hash)]).toEqual([0, 2]);
    expect(await store.get(whole.hash)).toEqual(whole.jpeg);
  });
});
