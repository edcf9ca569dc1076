import { createHash } from 'node:crypto';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { checkPhoto, type KeptPhoto } from '../../src/media/check-photo.ts';
import { readCodes } from '../../src/media/read-codes.ts';
import { declaring } from '../support/declared-size.ts';
import { pictures } from '../support/pictures.ts';

const CODE = 'https://codes.example.com/m/0123456789';

const check = (bytes: Buffer) => checkPhoto(bytes, { readCodes });

async function kept(bytes: Buffer): Promise<KeptPhoto> {
  const verdict = await check(bytes);
  if (!verdict.kept) throw new Error(`refused: ${verdict.reason}`);
  return verdict;
}

describe('a picture that cannot be used is refused with its reason', () => {
  test.each([
    ['a text file with a picture name', pictures.textFile, 'picture.notAnImage'],
    ['a web page', pictures.html, 'picture.notAnImage'],
    ['a PDF', pictures.pdf, 'picture.notAnImage'],
    ['an SVG, which is never rendered', pictures.svg, 'picture.notAnImage'],
    ['nothing at all', async () => Buffer.alloc(0), 'picture.notAnImage'],
    ['60 MB', pictures.heavy, 'picture.tooBig'],
    ['one byte over 20 MB', () => pictures.heavy(20 * 1024 * 1024 + 1), 'picture.tooBig'],
    ['a decompression bomb', pictures.bomb, 'picture.tooBig'],
    ['an animation that takes too much memory', pictures.animatedBomb, 'picture.tooHeavy'],
    ['an animation with too many pixels in all', () => declaring.gif(4000, 4000, 14), 'picture.tooBig'],
    ['320 × 240 without a code', pictures.tiny, 'picture.tooSmall'],
    ['a JPEG cut off in the middle', pictures.truncated, 'picture.unreadable'],
    ['a kind of picture that is not decoded here', pictures.heic, 'picture.unsupportedFormat'],
  ])('%s', async (_, make, reason) => {
    const bytes = await make();
    expect(await check(bytes)).toEqual({ kept: false, reason, originalHash: sha256(bytes) });
  });

  test('a JPEG cut off anywhere is an answer, never an exception', async () => {
    const whole = await pictures.storefront(3);
    for (const length of [3, 12, 13, 100, 600, 5000, whole.length - 400]) {
      expect(await check(whole.subarray(0, length))).toMatchObject({ kept: false });
    }
  });

  test('whatever bytes come, there is an answer', async () => {
    const magic = fc.constantFrom('ffd8ffe0', '89504e470d0a1a0a', '52494646', '474946383961', '49492a00', '');
    await fc.assert(
      fc.asyncProperty(magic, fc.uint8Array({ minLength: 0, maxLength: 400 }), async (start, rest) => {
        const verdict = await check(Buffer.concat([Buffer.from(start, 'hex'), rest]));
        expect(verdict.kept).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  test('a picture whose start says one kind and whose content is another', async () => {
    const svg = await pictures.svg();
    expect(await check(Buffer.concat([Buffer.from('GIF89a'), svg]))).toMatchObject({ kept: false });
  });
});

describe('a photo that is kept', () => {
  test('is a JPEG named by its own content, and knows the file it came from', async () => {
    const bytes = await pictures.storefront(1);
    const photo = await kept(bytes);
    expect(photo).toMatchObject({ width: 1024, height: 768, dark: false, blurry: false, small: false, codes: [] });
    expect(photo.originalHash).toBe(sha256(bytes));
    expect(photo.contentHash).toBe(sha256(photo.jpeg));
    expect((await sharp(photo.jpeg).metadata()).format).toBe('jpeg');
  });

  test('comes out the same when the same file is sent again', async () => {
    const [first, second] = [await kept(await pictures.counter(2)), await kept(await pictures.counter(2))];
    expect(second.contentHash).toBe(first.contentHash);
    expect(second.looks).toBe(first.looks);
    expect(first.looks).toBeDefined();
  });

  test('stands upright and carries no place, no time, no camera', async () => {
    const bytes = await pictures.turnedWithGps(1);
    expect((await sharp(bytes).metadata()).exif?.toString('latin1')).toContain('2026:05:03');
    const photo = await kept(bytes);
    expect(photo).toMatchObject({ width: 768, height: 1024, takenAt: '2026-05-03T14:05:09+07:00' });
    const metadata = await sharp(photo.jpeg).metadata();
    expect(metadata).toMatchObject({ width: 768, height: 1024 });
    expect(metadata.exif).toBeUndefined();
    expect(metadata.orientation).toBeUndefined();
    expect(photo.jpeg.includes('2026:05:03')).toBe(false);
  });

  test('is at most 2,560 pixels long', async () => {
    expect(await kept(await pictures.twelveMegapixels(1))).toMatchObject({ width: 2560, height: 1920 });
  });

  test('may be small when its code was read', async () => {
    const bytes = await sharp(await pictures.closeup(CODE))
      .resize(400, 300)
      .jpeg()
      .toBuffer();
    expect(await kept(bytes)).toMatchObject({ small: true, width: 400, codes: [CODE] });
  });

  test('shows the first picture of an animation', async () => {
    expect(await kept(await pictures.animated(3))).toMatchObject({ width: 600, height: 600 });
  });

  test.each(['png', 'webp', 'tiff', 'avif'] as const)('may be sent as %s', async (format) => {
    const bytes = await sharp(await pictures.closeup(CODE))
      .resize(800)
      .toFormat(format)
      .toBuffer();
    expect(await kept(bytes)).toMatchObject({ width: 800, height: 600, codes: [CODE] });
  });

  test('may be grey, have 16 bits or be transparent', async () => {
    const picture = () => pictures.closeup(CODE).then((bytes) => sharp(bytes).resize(800));
    expect(await kept(await (await picture()).greyscale().jpeg().toBuffer())).toMatchObject({ codes: [CODE] });
    expect(await kept(await (await picture()).toColourspace('rgb16').png().toBuffer())).toMatchObject({
      codes: [CODE],
    });
    expect(await kept(await (await picture()).ensureAlpha(0.9).png().toBuffer())).toMatchObject({ codes: [CODE] });
  });

  test('of which a code says whose it is says nothing of its looks', async () => {
    expect((await kept(await pictures.closeup(CODE))).looks).toBeUndefined();
  });
});

describe('a weak photo is kept and said to be weak', () => {
  test.each([1, 2, 3])('dark, but not blurry (%i)', async (seed) => {
    expect(await kept(await pictures.dark(seed))).toMatchObject({ dark: true, blurry: false });
  });
  test.each([1, 2, 3])('blurry, but not dark (%i)', async (seed) => {
    expect(await kept(await pictures.blurry(seed))).toMatchObject({ dark: false, blurry: true });
  });
  test.each([1, 2, 3])('and a good one is neither (%i)', async (seed) => {
    expect(await kept(await pictures.counter(seed))).toMatchObject({ dark: false, blurry: false });
    expect(await kept(await pictures.storefront(seed))).toMatchObject({ dark: false, blurry: false });
  });
  test('one whose code was read is not blurry, however soft', async () => {
    const soft = { scale: 0.9, blur: 9 };
    expect(await kept(await pictures.closeup(CODE, soft))).toMatchObject({ codes: [CODE], blurry: false });
  });
  test('a small sign on a plain wall by daylight is sharp', async () => {
    expect(await kept(await pictures.plainWall())).toMatchObject({ dark: false, blurry: false });
  });
  test('a black front by daylight is not dark', async () => {
    expect(await kept(await pictures.blackFront())).toMatchObject({ dark: false, blurry: false });
  });
  test('lamps do not make a night a day', async () => {
    expect(await kept(await pictures.lampsAtNight())).toMatchObject({ dark: true });
  });
  test('the code of a dark close-up is read all the same', async () => {
    const bytes = await pictures.closeup(CODE, { dark: true });
    expect(await kept(bytes)).toMatchObject({ dark: true, codes: [CODE] });
  });
});

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
