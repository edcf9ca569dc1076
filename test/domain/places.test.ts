import { expect, it } from 'vitest';
import { metresFromOthers, type Place } from '../../src/domain/places.ts';

const SHOP: Place = { latitude: 13.7466, longitude: 100.5393, accuracyM: 0 };
/** So far to the north of the shop, metres. */
const north = (metres: number, accuracyM = 0): Place => ({
  ...SHOP,
  latitude: SHOP.latitude + metres / 111_195,
  accuracyM,
});

it('a photo without others is far from nothing', () => {
  expect(metresFromOthers(SHOP, [])).toBeUndefined();
});

it('of two that are apart each is as far as the other', () => {
  expect(metresFromOthers(SHOP, [north(2_000)])).toBeCloseTo(2_000, -1);
  expect(metresFromOthers(north(2_000), [SHOP])).toBeCloseTo(2_000, -1);
});

it('one that is far says nothing of those that are together', () => {
  expect(metresFromOthers(SHOP, [north(10), north(20), north(9_000)])).toBeCloseTo(20, -1);
  expect(metresFromOthers(north(9_000), [SHOP, north(10), north(20)])).toBeGreaterThan(8_900);
});

it('of three that is far which is not where the other two are', () => {
  expect(metresFromOthers(SHOP, [north(10), north(9_000)])).toBeCloseTo(10, -1);
  expect(metresFromOthers(north(9_000), [SHOP, north(10)])).toBeGreaterThan(8_900);
});

it('what a phone may be off counts for it', () => {
  expect(metresFromOthers(SHOP, [north(900, 1_000)])).toBe(0);
  expect(metresFromOthers(SHOP, [north(900, 300)])).toBeCloseTo(600, -1);
});

it('knows the way across the 180th meridian, and to the other side of the earth', () => {
  const east = { latitude: 0, longitude: 179.999, accuracyM: 0 };
  expect(metresFromOthers(east, [{ ...east, longitude: -179.999 }])).toBeLessThan(300);
  expect(metresFromOthers(east, [{ ...east, longitude: -0.001 }])).toBeCloseTo(20_015_087, -4);
});
