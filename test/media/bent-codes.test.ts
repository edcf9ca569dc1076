import sharp from 'sharp';
import { expect, test } from 'vitest';
import { readBarcodes } from 'zxing-wasm/reader';
import { toGrey } from '../../src/media/grey-image.ts';
import { readCodes } from '../../src/media/read-codes.ts';
import { BENT_THINGS, bentCode } from '../support/bent-code.ts';
import { howOften } from '../support/how-often.ts';

const OF_EACH = howOften({ inEachRun: 4, inFull: 12 });
const ALL = OF_EACH * BENT_THINGS.length;
/** Other seeds than those by which the ways of bending were chosen. */
const FIRST_SEED = 9000;

test('codes on bottles, creased paper and cloth are read, more than by one pass of the reader, and none is read wrong', async () => {
  let read = 0;
  let plainly = 0;
  for (const thing of BENT_THINGS) {
    for (let index = 0; index < OF_EACH; index++) {
      const text = `https://codes.example.com/m/${(index * 7919 + 1e11).toString(36).toUpperCase().padStart(12, 'A')}`;
      const picture = await bentCode(text, thing, FIRST_SEED + index, 0.4 + (0.6 * index) / OF_EACH);
      const codes = await readCodes({ grey: await toGrey(sharp(picture)) });
      for (const code of codes) expect(code).toBe(text);
      read += codes.length;
      const [found] = await readBarcodes(picture, { formats: ['QRCodeModel2'] });
      if (found?.text === text) plainly += 1;
    }
  }
  expect(read).toBeGreaterThanOrEqual(ALL * 0.9);
  expect(plainly).toBeLessThan(read);
});
