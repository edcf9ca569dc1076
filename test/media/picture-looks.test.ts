import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { streetOf } from '../../bench/street.ts';
import { ALIKE_FROM, LOOKED_AT_WITHIN } from '../../src/media/alike-photos.ts';
import { toGrey } from '../../src/media/grey-image.ts';
import { createLooksTable } from '../../src/media/looks-table.ts';
import { LOOKS_SIDE, looksOf, WORDS, wordsOf } from '../../src/media/picture-looks.ts';
import { alikeness, VIEW_SIDE } from '../../src/media/same-view.ts';
import { pictures } from '../support/pictures.ts';
import { AGAIN } from '../support/same-picture.ts';

const squeezed = (picture: Buffer, side: number) =>
  toGrey(sharp(picture).resize({ width: side, height: side, fit: 'fill' }));
const looks = async (picture: Buffer) => looksOf(await squeezed(picture, LOOKS_SIDE));

async function apart(one: Buffer, other: Buffer): Promise<number> {
  const table = createLooksTable(1);
  table.add('one', await looks(one));
  return table.nearest(await looks(other), 256, 1)[0]?.apart ?? Number.NaN;
}

async function alike(one: Buffer, other: Buffer): Promise<number> {
  return alikeness(await squeezed(one, VIEW_SIDE), await squeezed(other, VIEW_SIDE));
}

describe('a copy of a photo', () => {
  test.each(Object.keys(AGAIN))('%s is near it, and the same laid over it', async (how) => {
    for (const photo of [await pictures.storefront(3), await (await streetOf(2)).view(5, 1)]) {
      const copy = (await AGAIN[how]?.(photo)) ?? Buffer.of();
      expect(await apart(photo, copy)).toBeLessThanOrEqual(LOOKED_AT_WITHIN);
      expect(await alike(copy, photo)).toBeGreaterThanOrEqual(ALIKE_FROM);
    }
  });

  test('is told from the shop next door, and from one in another street', async () => {
    const street = await streetOf(3);
    const photo = await street.view(6, 1);
    for (const other of [await street.view(7, 1), await street.view(5, 2), await (await streetOf(4)).view(6, 1)]) {
      expect(await alike(other, photo)).toBeLessThan(ALIKE_FROM - 0.1);
    }
  });
});

describe('a table of looks', () => {
  const someLooks = fc.stringMatching(new RegExp(`^[0-9a-f]{${WORDS * 8}}$`));
  const bits = (word: number): number => word.toString(2).replaceAll('0', '').length;

  /** As it is written down: the least of whole against whole and parts, and of the middle against whole. */
  function apartOf(one: string, other: string): number {
    const [own = new Uint32Array(), theirs = new Uint32Array()] = [wordsOf(one), wordsOf(other)];
    const between = (from: number, to: number): number =>
      Array.from({ length: 8 }, (_, at) => bits(((own[from * 8 + at] ?? 0) ^ (theirs[to * 8 + at] ?? 0)) >>> 0)).reduce(
        (sum, count) => sum + count,
        0,
      );
    return Math.min(between(1, 0), ...Array.from({ length: 6 }, (_, part) => between(0, part)));
  }

  test('finds whatever is within reach, the nearest first', () => {
    fc.assert(
      fc.property(
        fc.array(someLooks, { maxLength: 12 }),
        someLooks,
        fc.integer({ min: 60, max: 140 }),
        (all, own, within) => {
          const table = createLooksTable(100);
          for (const [at, one] of all.entries()) table.add(`${at}`, one);
          const expected = all.map((one) => apartOf(own, one)).filter((count) => count <= within);
          expect(table.nearest(own, within, 100).map(({ apart: count }) => count)).toEqual(
            expected.toSorted((a, b) => a - b),
          );
        },
      ),
      { numRuns: 100 },
    );
  });

  test('holds so many photos, of which the oldest go, each once, and none whose looks cannot be read', () => {
    const table = createLooksTable(2_000);
    const own = 'a'.repeat(WORDS * 8);
    for (let at = 0; at < 2_500; at++) table.add(`${at}`, own);
    table.add('2499', own);
    table.add('torn', own.slice(8));
    table.add('strange', `x${own.slice(1)}`);
    expect(table.size).toBe(2_000);
    expect(['499', '500', '2499', 'torn', 'strange'].map((id) => table.has(id))).toEqual([
      false,
      true,
      true,
      false,
      false,
    ]);
    expect(table.nearest(own, 0, 5_000)).toHaveLength(2_000);
    expect(table.nearest('', 256, 1)).toEqual([]);
  });
});
