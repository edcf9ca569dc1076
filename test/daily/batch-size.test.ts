import fc from 'fast-check';
import { expect, it } from 'vitest';
import { BatchSize } from '../../src/daily/incoming/batch-size.ts';

/** What is left of a size after batches of its own that take so long a row, milliseconds. */
function after(most: number, msARow: readonly number[], othersWait = false): number {
  const size = new BatchSize(most);
  for (const ms of msARow) size.took(size.rows, size.rows * ms, othersWait);
  return size.rows;
}

it('begins with the fewest, goes up step by step, and down at once where the store is slow', () => {
  expect(after(800, [])).toBe(100);
  expect(after(800, [0.1])).toBe(150);
  expect(after(800, [0.1, 0.1, 0.1, 0.1])).toBe(507);
  expect(after(800, Array(9).fill(0.1))).toBe(800);
  expect(after(800, [...Array(9).fill(0.1), 0.6])).toBe(250);
  expect(after(800, [...Array(9).fill(0.1), 0.6, 0.1])).toBe(375);
  expect(after(800, [...Array(9).fill(0.1), 20])).toBe(100);
  // a clock that was set back meanwhile
  expect(after(800, [20, -5])).toBe(150);
  // one row at a time is ten at most
  expect(after(10, [50])).toBe(10);
});

it('is smaller while somebody waits for an answer', () => {
  expect(after(800, Array(9).fill(0.2))).toBe(750);
  expect(after(800, Array(9).fill(0.2), true)).toBe(300);
});

it('is parted for those who come before it is written, where much is won by it', () => {
  const size = new BatchSize(800);
  expect(size.besideOthers(200)).toBe(200);
  expect(size.besideOthers(800)).toBe(100);
  size.took(500, 100, false);
  expect([600, 601, 800].map((rows) => size.besideOthers(rows))).toEqual([600, 300, 300]);
  size.took(500, 5_000, false);
  expect([200, 201].map((rows) => size.besideOthers(rows))).toEqual([200, 100]);
});

it('is at least one row and never more than the most, whatever batches take', () => {
  const rows = fc.integer({ min: 1, max: 1_000 });
  const took = fc.tuple(fc.nat({ max: 1_000 }), fc.oneof(fc.double({ noNaN: true }), fc.integer()), fc.boolean());
  fc.assert(
    fc.property(rows, fc.array(took), (most, batches) => {
      const size = new BatchSize(most);
      for (const [many, ms, othersWait] of batches) size.took(many, ms, othersWait);
      for (const some of [size.rows, size.besideOthers(most)]) {
        expect(some).toBeGreaterThanOrEqual(1);
        expect(some).toBeLessThanOrEqual(most);
        expect(Number.isInteger(some)).toBe(true);
      }
    }),
  );
});
