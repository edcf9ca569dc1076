import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { createPhotoLinks } from '../../src/media/photo-links.ts';

const DAY_MS = 24 * 3_600_000;
const NOW = Date.UTC(2026, 10, 24, 9, 30);
const KEY = Buffer.alloc(32, 7);
const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Links as they are made and read on a day of the calendar. */
const on = (day: number, key = KEY) => createPhotoLinks(key, () => NOW + day * DAY_MS);

it('a name leads to its photo, for at least 30 days and no more than 37', () => {
  for (const day of [0, 1, 2, 3, 4, 5, 6]) {
    const token = on(day).tokenFor(hash('a'));
    expect(on(day + 30).contentHashOf(token)).toBe(hash('a'));
    expect(on(day + 38).contentHashOf(token)).toBeUndefined();
  }
});

it('a photo keeps its name for a week, so that a card drawn again stays the same', () => {
  const names = Array.from({ length: 21 }, (_, day) => on(day).tokenFor(hash('a')));
  expect(new Set(names).size).toBeLessThanOrEqual(4);
  expect(names[0]).not.toBe(names[20]);
});

it('no letter of a name can be changed', () => {
  const token = on(0).tokenFor(hash('a'));
  for (let place = 0; place < token.length; place += 1) {
    for (const letter of ['A', 'B', '-', '_', '+', '/', '=']) {
      const changed = token.slice(0, place) + letter + token.slice(place + 1);
      if (changed !== token) expect(on(0).contentHashOf(changed)).toBeUndefined();
    }
  }
});

it('nobody without the key makes a name, nor one for another photo out of two', () => {
  const [own, other] = [on(0).tokenFor(hash('a')), on(0).tokenFor(hash('b'))];
  expect(on(0, Buffer.alloc(32, 8)).contentHashOf(own)).toBeUndefined();
  expect(on(0).contentHashOf(other.slice(0, 42) + own.slice(42))).toBeUndefined();
  for (const odd of ['', own.slice(1), `${own}A`, `${own}\n`, hash('a'), `${own} `])
    expect(on(0).contentHashOf(odd)).toBeUndefined();
});
