import fc from 'fast-check';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { exifTakenAt } from '../../src/media/exif-taken-at.ts';
import { pictures } from '../support/pictures.ts';

async function exifOf(bytes: Buffer): Promise<Buffer> {
  const { exif } = await sharp(bytes).metadata();
  if (!exif) throw new Error('no EXIF block');
  return exif;
}

async function withTime(DateTimeOriginal: string): Promise<Buffer> {
  return exifOf(
    await sharp(await pictures.tiny(1))
      .withExif({ IFD2: { DateTimeOriginal } })
      .jpeg()
      .toBuffer(),
  );
}

test("the camera's time, with its offset when it wrote one", async () => {
  expect(exifTakenAt(await exifOf(await pictures.turnedWithGps(1)))).toBe('2026-05-03T14:05:09+07:00');
  expect(exifTakenAt(await withTime('2026:12:31 23:59:59'))).toBe('2026-12-31T23:59:59');
});

test.each(['0000:00:00 00:00:00', '2026:13:40 25:61:61', '    :  :     :  :  ', 'yesterday'])(
  'no time when it says %j',
  async (written) => {
    expect(exifTakenAt(await withTime(written))).toBeUndefined();
  },
);

test('a damaged block never throws', async () => {
  const block = await exifOf(await pictures.turnedWithGps(1));
  fc.assert(
    fc.property(fc.nat(block.length), fc.nat(block.length - 1), fc.nat(255), (length, at, value) => {
      const damaged = Buffer.from(block);
      damaged[at] = value;
      expect(['string', 'undefined']).toContain(typeof exifTakenAt(damaged.subarray(0, length)));
      expect(['string', 'undefined']).toContain(typeof exifTakenAt(damaged));
    }),
    { numRuns: 500 },
  );
});
