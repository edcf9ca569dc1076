import sharp, { type Sharp } from 'sharp';
import { describe, expect, test } from 'vitest';
import { checkPhoto, type KeptPhoto } from '../../src/media/check-photo.ts';
import { decodingMemory } from '../../src/media/decoding-memory.ts';
import { decodeHeic } from '../../src/media/heic-picture.ts';
import { LARGEST_DECODING_BYTES } from '../../src/media/photo-limits.ts';
import { HEIC, heicOfPieces } from '../support/heic-pieces.ts';
import { builtMedia } from './built-media.ts';

const check = (bytes: Buffer) => checkPhoto(bytes, { readCodes: async () => [] });

async function kept(bytes: Buffer): Promise<KeptPhoto> {
  const verdict = await check(bytes);
  if (!verdict.kept) throw new Error(`refused: ${verdict.reason}`);
  return verdict;
}

/** Grey levels, 16 × 16 of them. */
const seen = async (picture: Buffer) =>
  await sharp(picture).greyscale().resize(16, 16, { fit: 'fill' }).raw().toBuffer();

function difference(one: Buffer, other: Buffer): number {
  return one.reduce((sum, level, at) => sum + Math.abs(level - (other[at] ?? 0)), 0) / one.length;
}

const built = builtMedia({
  'large.heic': async () => heicOfPieces({ columns: 4, rows: 3, width: 5712, height: 3200, turned: 1 }),
});

test('is decoded by the process that checks, beside what watches its memory', async () => {
  const photo = await built.run(`
    import { createPhotoProcess } from '../../dist/src/media/photo-process.js';
    const checker = createPhotoProcess();
    const { kept, width, height } = await checker.check(await picture('large.heic'));
    console.log(JSON.stringify({ kept, width, height }));
    await checker.close();`);
  expect(photo).toEqual({ kept: true, width: 1434, height: 2560 });
});

describe('what iPhones store', () => {
  test('is kept as any other photo', async () => {
    expect(await kept(HEIC)).toMatchObject({ width: 1600, height: 1200, dark: false, blurry: false, small: false });
  });

  test('comes in pieces, cut where the picture ends', async () => {
    const photo = await kept(heicOfPieces({ columns: 2, rows: 1, width: 2400, height: 1200 }));
    expect(photo).toMatchObject({ width: 2400, height: 1200 });
    const [left, whole] = [sharp(photo.jpeg).extract({ left: 0, top: 0, width: 1600, height: 1200 }), await kept(HEIC)];
    expect(difference(await seen(await left.toBuffer()), await seen(whole.jpeg))).toBeLessThan(2);
  });

  test.each([
    ['turned by a quarter', { turned: 1 }, (picture: Sharp) => picture.rotate(-90)],
    ['turned by half', { turned: 2 }, (picture: Sharp) => picture.rotate(180)],
    ['mirrored left to right', { mirrored: 'leftRight' }, (picture: Sharp) => picture.flop()],
    ['turned and upside down', { turned: 3, mirrored: 'upsideDown' }, (picture: Sharp) => picture.rotate(90).flip()],
  ] as const)('is put upright where it lies %s', async (_, moved, put) => {
    const one = { columns: 1, rows: 1, width: 1600, height: 1200 };
    const photo = await kept(heicOfPieces({ ...one, ...moved }));
    const { data, info } = decodeHeic(HEIC);
    const upright = await put(sharp(data, { raw: info }))
      .jpeg()
      .toBuffer();
    expect(photo.width).toBe((await sharp(upright).metadata()).width);
    expect(difference(await seen(photo.jpeg), await seen(upright))).toBeLessThan(2);
  });

  test('of 48 megapixels is halved on the way, and shows the same', async () => {
    const pieces = { columns: 6, rows: 6, width: 8064, height: 6048 };
    const { data, info } = decodeHeic(heicOfPieces(pieces));
    expect(info).toEqual({ width: 4032, height: 3024, channels: 3 });
    const corner = sharp(data, { raw: info }).extract({ left: 0, top: 0, width: 800, height: 600 });
    expect(difference(await seen(await corner.jpeg().toBuffer()), await seen((await kept(HEIC)).jpeg))).toBeLessThan(2);
  });

  test('that is damaged is refused, wherever it ends', async () => {
    for (const length of [40, 200, 400, 2000, HEIC.length - 5000]) {
      expect(await check(HEIC.subarray(0, length))).toMatchObject({ kept: false });
    }
  });

  test.each([
    ['wider than its pieces', { columns: 1, rows: 1, width: 3200, height: 1200 }],
    ['higher than its pieces', { columns: 1, rows: 1, width: 1600, height: 4000 }],
    ['of pieces that lie outside of it', { columns: 3, rows: 2, width: 1600, height: 1200 }],
  ])('that says it is %s is refused', async (_, pieces) => {
    expect(await check(heicOfPieces(pieces))).toMatchObject({ kept: false, reason: 'picture.unreadable' });
  });

  test('may have as many pixels as phones take, in memory that is known before', () => {
    const header = { format: 'heif', compression: 'hevc', channels: 3, depth: 'uchar', isProgressive: false } as const;
    for (const [width, height] of [
      [4032, 3024],
      [5119, 3839],
      [5712, 4284],
      [8064, 6048],
      [16_320, 12_240],
    ] as const)
      expect(decodingMemory({ ...header, width, height }), `${width}`).toBeLessThanOrEqual(LARGEST_DECODING_BYTES);
  });
});
