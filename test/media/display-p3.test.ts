import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { isDisplayP3, p3ToSrgb } from '../../src/media/display-p3.ts';
import { decodeHeic } from '../../src/media/heic-picture.ts';
import { heicOfPieces } from '../support/heic-pieces.ts';

/** Many colours that both spaces have, three levels each. */
const COLOURS = Buffer.from(
  [40, 90, 128, 180, 220].flatMap((r) => [50, 110, 160, 210].flatMap((g) => [60, 120, 190].flatMap((b) => [r, g, b]))),
);
const raw = { width: COLOURS.length / 3, height: 1, channels: 3 } as const;

/** A picture in Display P3, as another library says it: its file. */
async function inP3(): Promise<Buffer> {
  return await sharp(COLOURS, { raw }).withIccProfile('p3').png().toBuffer();
}
const profileOf = async (name: string) =>
  (await sharp(await sharp(COLOURS, { raw }).withIccProfile(name).png().toBuffer()).metadata()).icc ?? Buffer.alloc(0);

const ONE = { columns: 1, rows: 1, width: 1600, height: 1200 };

describe('Display P3', () => {
  it('is said in sRGB as another library says it', async () => {
    const levels = await sharp(await inP3(), { ignoreIcc: true })
      .removeAlpha()
      .raw()
      .toBuffer();
    const far = (one: Uint8Array): number => Math.max(...one.map((level, at) => Math.abs(level - (COLOURS[at] ?? 0))));
    expect(far(levels)).toBeGreaterThan(8);
    p3ToSrgb(levels);
    expect(far(levels)).toBeLessThanOrEqual(2);
  });

  it('is known by its profile, and nothing else is taken for it', async () => {
    const profile = await profileOf('p3');
    expect([isDisplayP3(profile), isDisplayP3(await profileOf('srgb'))]).toEqual([true, false]);
    for (const length of [0, 100, 131, 140, 200, 300])
      expect(isDisplayP3(profile.subarray(0, length)), `cut at ${length}`).toBe(false);
  });

  it.each(['number', 'profile'] as const)('of a HEIC that says so by a %s is said in sRGB', async (said) => {
    const plain = Buffer.from(decodeHeic(heicOfPieces(ONE)).data);
    const colours = said === 'number' ? 12 : await profileOf('p3');
    const { data } = decodeHeic(heicOfPieces({ ...ONE, colours }));
    expect(Buffer.compare(data, plain)).not.toBe(0);
    p3ToSrgb(plain);
    expect(Buffer.compare(data, plain)).toBe(0);
  });

  it('is not read into what says another: those levels stay as they are', async () => {
    const plain = decodeHeic(heicOfPieces(ONE)).data;
    for (const colours of [1, await profileOf('srgb'), Buffer.from('no profile at all')])
      expect(Buffer.compare(decodeHeic(heicOfPieces({ ...ONE, colours })).data, plain)).toBe(0);
  });
});
