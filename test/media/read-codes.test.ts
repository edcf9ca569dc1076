import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { toGrey } from '../../src/media/grey-image.ts';
import { readCodes } from '../../src/media/read-codes.ts';
import type { WantedCode } from '../../src/media/wanted-codes.ts';
import { seeded } from '../support/picture-canvas.ts';
import { pictures } from '../support/pictures.ts';

const CODE = 'https://codes.example.com/m/';

const codesIn = async (bytes: Buffer, wanted: readonly WantedCode[] = []) =>
  readCodes({ grey: await toGrey(sharp(bytes)) }, { wanted });

beforeAll(() => {
  vi.stubGlobal('fetch', () => {
    throw new Error('reading codes needs no network');
  });
});
afterAll(() => {
  vi.unstubAllGlobals();
});

describe('reading codes', () => {
  test('of forty close-ups taken by hand at least 38 are read, and none is read wrong', async () => {
    let read = 0;
    for (let index = 0; index < 40; index++) {
      const random = seeded(500 + index);
      const payload = `${CODE}${String(Math.floor(random() * 1e10)).padStart(10, '0')}`;
      const bytes = await pictures.closeup(payload, {
        seed: index,
        angle: random() * 50 - 25,
        tilt: random() * 40,
        scale: 0.15 + random() * 0.55,
        blur: 0.5 + random() * 2,
        grain: 10 + random() * 50,
        dark: index % 8 === 0,
        quality: 60,
        width: 1280,
        height: 960,
      });
      const codes = await codesIn(bytes);
      for (const code of codes) expect(code).toBe(payload);
      read += codes.length;
    }
    expect(read).toBeGreaterThanOrEqual(38);
  });

  test('gives both of two codes', async () => {
    const codes = await codesIn(await pictures.twoCodes(`${CODE}1`, `${CODE}2`, { scale: 0.3 }));
    expect(codes.toSorted()).toEqual([`${CODE}1`, `${CODE}2`]);
  });

  test('gives a code that stands twice once', async () => {
    expect(await codesIn(await pictures.twoCodes(`${CODE}1`, `${CODE}1`, { scale: 0.3 }))).toEqual([`${CODE}1`]);
  });

  test('gives what a foreign code says, untouched', async () => {
    expect(await codesIn(await pictures.foreignCode())).toEqual([
      '00020101021126330015com.merchant.qr0110MERCHANT425802TH6304A13F',
    ]);
    const odd = 'javascript:alert(1)\n<b>"ไทย 中文"</b>';
    expect(await codesIn(await pictures.closeup(odd))).toEqual([odd]);
  });

  test('goes on looking while only a foreign code was read', async () => {
    const foreign = await pictures.closeup('https://pay.example.com/7', { scale: 0.4 });
    expect(
      await codesIn(foreign, [{ qr: '^https://codes\\.example\\.com/(?<serial>.*)$', ignoreCase: false }]),
    ).toEqual(['https://pay.example.com/7']);
  });

  test('finds none in a shop front, a counter, a night, a blur', async () => {
    for (const make of [pictures.storefront, pictures.counter, pictures.dark, pictures.blurry]) {
      expect(await codesIn(await make(4))).toEqual([]);
    }
  });

  test('reads at full size what is seen in the kept picture and too small there', async () => {
    const options = { seed: 4, scale: 0.038, width: 3000, height: 2250, grain: 4 };
    const closeup = await pictures.closeup(`${CODE}42`, options);
    const grey = await toGrey(sharp(closeup).resize(1875));
    expect(await readCodes({ grey })).toEqual([]);
    expect(await readCodes({ grey, original: closeup })).toEqual([`${CODE}42`]);
  });

  test('does not open the original where nothing was seen in the kept picture', async () => {
    const grey = await toGrey(sharp(await pictures.storefront(4)));
    expect(await readCodes({ grey, original: Buffer.from('no picture') })).toEqual([]);
  });

  test('reads one that is light on dark', async () => {
    const closeup = await sharp(await pictures.closeup(`${CODE}44`))
      .negate()
      .png()
      .toBuffer();
    expect(await codesIn(closeup)).toEqual([`${CODE}44`]);
  });

  test('reads one so dark that hardly a shade is left', async () => {
    const closeup = await sharp(await pictures.closeup(`${CODE}43`))
      .linear(0.06, 1)
      .png()
      .toBuffer();
    expect(await codesIn(closeup)).toEqual([`${CODE}43`]);
  });
});
