import { expect, test } from 'vitest';
import { checkPhoto } from '../../src/media/check-photo.ts';
import { decodingMemory, type PictureHeader } from '../../src/media/decoding-memory.ts';
import { LARGEST_DECODING_BYTES } from '../../src/media/photo-limits.ts';
import { declaring, LARGE_SIDE } from '../support/declared-size.ts';

const neverRead = async (): Promise<string[]> => {
  throw new Error('a picture that is refused by its header was decoded');
};
const check = (bytes: Buffer) => checkPhoto(bytes, { readCodes: neverRead });

test.each([
  ['AVIF', declaring.avif(LARGE_SIDE, LARGE_SIDE)],
  ['interlaced PNG of 16 bits', declaring.interlacedPng(LARGE_SIDE, LARGE_SIDE, { bits: 16 })],
  ['progressive JPEG', declaring.jpeg(LARGE_SIDE, LARGE_SIDE, { progressive: true })],
  ['GIF', declaring.gif(LARGE_SIDE, LARGE_SIDE)],
  ['interlaced PNG', declaring.interlacedPng(LARGE_SIDE, LARGE_SIDE)],
])('110 megapixels of %s are refused by the header alone', async (_, bytes) => {
  expect(await check(await bytes)).toMatchObject({ kept: false, reason: 'picture.tooHeavy' });
});

test('the same size as a plain JPEG is decoded', async () => {
  const verdict = await checkPhoto(await declaring.jpeg(LARGE_SIDE, LARGE_SIDE), { readCodes: async () => [] });
  expect(verdict).toMatchObject({ kept: true, width: 2560, height: 2560 });
});

test('more pixels than any phone has are too big in every format', async () => {
  expect(await check(await declaring.jpeg(20_000, 20_000))).toMatchObject({ kept: false, reason: 'picture.tooBig' });
});

const jpeg: PictureHeader = {
  format: 'jpeg',
  width: 4032,
  height: 3024,
  channels: 3,
  depth: 'uchar',
  isProgressive: false,
};
const sized = (width: number, height: number, other: Partial<PictureHeader> = {}): PictureHeader => ({
  ...jpeg,
  width,
  height,
  ...other,
});

test.each([
  ['a JPEG of 12 megapixels', jpeg],
  ['a JPEG of 50 megapixels', sized(8160, 6120)],
  ['a JPEG of 108 megapixels', sized(12_000, 9_000)],
  ['a JPEG of 200 megapixels', sized(16_320, 12_240)],
  ['a progressive JPEG of 12 megapixels', sized(4032, 3024, { isProgressive: true })],
  ['a progressive JPEG of 24 megapixels', sized(5712, 4284, { isProgressive: true })],
  ['an AVIF of 8 megapixels', sized(3264, 2448, { format: 'heif' })],
  ['a screenshot of 16 bits', sized(1440, 3200, { format: 'png', channels: 4, depth: 'ushort' })],
  ['a scan as TIFF', sized(4960, 7016, { format: 'tiff' })],
])('%s may be decoded', (_, header) => {
  expect(decodingMemory(header)).toBeLessThanOrEqual(LARGEST_DECODING_BYTES);
});

test.each([
  ['a progressive JPEG of 50 megapixels', sized(8160, 6120, { isProgressive: true })],
  ['an AVIF of 12 megapixels', sized(4032, 3024, { format: 'heif' })],
  ['an AVIF of ten bits', sized(3264, 2448, { format: 'heif', depth: 'ushort' })],
  ['a WebP of the largest size there is', sized(16_383, 12_000, { format: 'webp' })],
  ['an animated WebP', sized(8000, 6000, { format: 'webp', pages: 2 })],
  ['a TIFF of floats', sized(8160, 6120, { format: 'tiff', depth: 'float' })],
  ['a hundred lines of a million pixels', sized(1_000_000, 100, { format: 'png', channels: 4, depth: 'ushort' })],
  ['a depth that nobody has heard of', sized(8160, 6120, { format: 'tiff', depth: 'dpcomplex' })],
])('%s may not', (_, header) => {
  expect(decodingMemory(header)).toBeGreaterThan(LARGEST_DECODING_BYTES);
});
