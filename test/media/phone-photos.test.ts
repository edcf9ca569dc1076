import sharp from 'sharp';
import { expect, it } from 'vitest';
import { createPhonePhotos } from '../../src/media/phone-photos.ts';
import { pictures } from '../support/pictures.ts';

const HASH = 'a'.repeat(64);

it('a photo is made small enough for two bars of signal, and never larger than it was', async () => {
  const kept = await sharp(await pictures.storefront())
    .resize(2560)
    .jpeg({ quality: 84 })
    .toBuffer();
  const small = (await createPhonePhotos({ get: async () => kept })(HASH)) ?? Buffer.alloc(0);
  expect(await sharp(small).metadata()).toMatchObject({ format: 'jpeg', width: 1080 });
  expect(small.length).toBeLessThan(150_000);
  const tiny = await sharp(kept).resize(500).jpeg().toBuffer();
  const asItWas = await createPhonePhotos({ get: async () => tiny })(HASH);
  expect(await sharp(asItWas).metadata()).toMatchObject({ width: 500 });
});

it('a photo asked for many times at once is made once; one that comes later is found', async () => {
  let jpeg: Buffer | undefined;
  let reads = 0;
  const photo = createPhonePhotos({
    get: async () => {
      reads += 1;
      return jpeg;
    },
  });
  expect(await photo(HASH)).toBeUndefined();
  jpeg = await pictures.storefront();
  const all = await Promise.all(Array.from({ length: 20 }, () => photo(HASH)));
  expect(new Set(all).size).toBe(1);
  expect(reads).toBe(2);
});

it('only the last ones are remembered', async () => {
  const jpeg = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
    .jpeg()
    .toBuffer();
  const read: string[] = [];
  const photo = createPhonePhotos({
    get: async (contentHash) => {
      read.push(contentHash);
      return jpeg;
    },
  });
  await photo('first');
  for (let count = 0; count < 200; count += 1) await photo(`other ${count}`);
  await photo('other 199');
  await photo('first');
  expect(read).toHaveLength(202);
});
