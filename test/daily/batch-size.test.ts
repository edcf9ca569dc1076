import fc from 'fast-check';
import { expect, it } from 'vitest';
import { BatchSize } from '../../src/daily/incoming/batch-size.ts';

/** What is left of a size after batches of its own that take so long a row, milliseconds. */
function after(most: number, msARow: readonly number[], othersWait = false): number {
  const size = new BatchSize(most);
  for (const ms of msARow) size.took(size.rows, size.rows * ms, othersWait);
  return size.rows;
}

it('begins with the most, goes down at once where the store is slow, and up again step by step', () => {
  expect(after(800, [])).toBe(800);
  expect(after(800, [0.1])).toBe(800);
  expect(after(800, [0.6])).toBe(250);
  expect(after(800, [0.6, 0.1])).toBe(375);
  expect(after(800, [0.6, 0.1, 0.1, 0.1])).toBe(800);
  expect(after(800, [20])).toBe(100);
  // a clock that was set back meanwhile
  expect(after(800, [-5])).toBe(800);
  // one row at a time is ten at most
  expect(after(10, [50])).toBe(10);
});

it('is smaller while somebody waits for an answer', () => {
  expect(after(800, [0.2])).toBe(750);
  expect(after(800, [0.2], true)).toBe(300);
  expect(after(800, [0.2, 0.2, 0.2], true)).toBe(300);
});

it('is at least one row and never more than the most, whatever batches take', () => {
  const rows = fc.integer({ min: 1, max: 1_000 });
  const took = fc.tuple(fc.nat({ max: 1_000 }), fc.oneof(fc.double({ noNaN: true }), fc.integer()), fc.boolean());
  fc.assert(
    fc.property(rows, fc.array(took), (most, batches) => {
      const size = new BatchSize(most);
      for (const [many, ms, othersWait] of batches) size.took(many, ms, othersWait);
      expect(size.rows).toBeGreaterThanOrEqual(1);
      expect(size.rows).toBeLessThanOrEqual(most);
      expect(Number.isInteger(size.rows)).toBe(true);
    }),
  );
});
