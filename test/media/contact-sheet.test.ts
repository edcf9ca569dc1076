import sharp from 'sharp';
import { expect, it } from 'vitest';
import { contactSheet } from '../../src/media/contact-sheet.ts';

const photo = (colour: string, width = 800, height = 600): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: colour } })
    .jpeg()
    .toBuffer();

/** The colour in the middle of one tile of so many in a row. */
async function middleOf(sheet: Buffer, tile: { readonly column: number; readonly row: number; readonly of: number }) {
  const side = 1080 / tile.of;
  const [left, top] = [(tile.column + 0.5) * side, (tile.row + 0.5) * side].map(Math.round) as [number, number];
  const [red = 0, , blue = 0] = await sharp(sheet).extract({ left, top, width: 1, height: 1 }).raw().toBuffer();
  return red > 128 ? 'red' : blue > 128 ? 'blue' : 'none';
}

it('lays photos side by side, whole, in their order', async () => {
  const sheet = await contactSheet([await photo('#f00'), await photo('#00f', 600, 800)]);
  expect(await sharp(sheet).metadata()).toMatchObject({ format: 'jpeg', width: 1080, height: 546 });
  if (sheet === undefined) throw new Error('no sheet');
  expect(await middleOf(sheet, { column: 0, row: 0, of: 2 })).toBe('red');
  expect(await middleOf(sheet, { column: 1, row: 0, of: 2 })).toBe('blue');
});

it('puts three in a row from the fifth on, and leaves the place of one that is gone', async () => {
  const red = await photo('#f00');
  const sheet = await contactSheet([red, undefined, red, red, red, red]);
  if (sheet === undefined) throw new Error('no sheet');
  expect(await middleOf(sheet, { column: 1, row: 0, of: 3 })).toBe('none');
  expect(await middleOf(sheet, { column: 2, row: 1, of: 3 })).toBe('red');
});

it('is none where all are gone', async () => {
  expect(await contactSheet([undefined, undefined])).toBeUndefined();
});

it('numbers each photo otherwise', async () => {
  const white = await photo('#fff', 600, 600);
  const sheet = await contactSheet(Array<Buffer>(12).fill(white));
  const side = (1080 - 12 * 4) / 3;
  const labels = await Promise.all(
    Array.from({ length: 12 }, async (_, index) => {
      const [left, top] = [12 + (index % 3) * (side + 12), 12 + Math.floor(index / 3) * (side + 12)];
      const corner = { left: Math.round(left), top: Math.round(top), width: 80, height: 54 };
      return (await sharp(sheet).extract(corner).greyscale().threshold().raw().toBuffer()).toString('base64');
    }),
  );
  expect(new Set(labels).size).toBe(12);
});
