import sharp from 'sharp';
import { expect, it } from 'vitest';
import { exifOf, withExif } from '../../../src/web/capture/client/exif.ts';

const picture = () => sharp({ create: { width: 40, height: 20, channels: 3, background: '#888' } });

it('what a photo tells of itself goes over to the one that is drawn anew, but for how it lay', async () => {
  const original = await picture()
    .withExif({ IFD0: { Make: 'Phone' }, IFD2: { DateTimeOriginal: '2026:03:02 10:11:12' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
  const drawn = await picture().jpeg().toBuffer();
  const exif = exifOf(original);
  expect(exif?.length).toBeGreaterThan(20);
  const result = Buffer.from(withExif(drawn, exif));
  const { orientation, exif: told, width } = await sharp(result).metadata();
  expect({ orientation, width }).toEqual({ orientation: 1, width: 40 });
  expect(told?.toString('latin1')).toContain('2026:03:02 10:11:12');
});

it('without any, and of what is no JPEG, nothing is told', async () => {
  const drawn = await picture().jpeg().toBuffer();
  expect(exifOf(drawn)).toBeUndefined();
  expect(exifOf(await picture().png().toBuffer())).toBeUndefined();
  expect(exifOf(new Uint8Array(0))).toBeUndefined();
  expect(Buffer.from(withExif(drawn, undefined)).equals(drawn)).toBe(true);
});

it('a cut or broken photo breaks nothing', async () => {
  const original = await picture().withMetadata({ orientation: 3 }).jpeg().toBuffer();
  for (let end = 0; end < 200; end++) expect(() => exifOf(original.subarray(0, end))).not.toThrow();
  const exif = exifOf(original) ?? new Uint8Array(0);
  const drawn = await picture().jpeg().toBuffer();
  for (let end = 10; end < exif.length; end++) expect(() => withExif(drawn, exif.slice(0, end))).not.toThrow();
});
