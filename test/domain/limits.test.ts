import fc from 'fast-check';
import { expect, it } from 'vitest';
import { monthEnd, monthOf, percentUsed, runsOutAt, thresholdReached } from '../../src/domain/limits.ts';

const DAY_MS = 24 * 3_600_000;
const begin = Date.parse('2026-11-01T00:00:00+08:00');
const used = (count: number, days: number) =>
  runsOutAt({ used: count, limit: 3_000, since: begin, now: begin + days * DAY_MS });

it('a month begins at midnight in Beijing', () => {
  expect(monthOf(begin)).toBe('2026-11');
  expect(monthOf(begin - 1)).toBe('2026-10');
  expect(monthEnd('2026-10')).toBe(begin);
  expect(monthOf(monthEnd('2026-12'))).toBe('2027-01');
});

it('what is used faster than evenly runs out before the month ends, on that day', () => {
  expect(used(1_500, 10)).toBe(begin + 20 * DAY_MS);
  expect(used(1_000, 10)).toBeUndefined();
  expect(used(0, 10)).toBeUndefined();
});

it('a month that was counted from its middle on has the pace of its second half', () => {
  const [since, now] = [begin + 15 * DAY_MS, begin + 20 * DAY_MS];
  expect(runsOutAt({ used: 2_000, limit: 3_000, since, now })).toBe(now + 2.5 * DAY_MS);
});

it('a busy first hour is no pace yet', () => {
  const now = begin + 3_600_000;
  expect(runsOutAt({ used: 90, limit: 3_000, since: begin, now })).toBeUndefined();
});

it('what is used up has run out now', () => {
  expect(used(3_000, 3)).toBe(begin + 3 * DAY_MS);
  expect(used(3_400, 3)).toBe(begin + 3 * DAY_MS);
});

it.each([
  [2_099, undefined],
  [2_100, 70],
  [2_699, 70],
  [2_700, 90],
  [2_999, 90],
  [3_000, 100],
  [9_000, 100],
])('%d of 3,000 reaches %s %%', (count, percent) => {
  expect(thresholdReached(count, 3_000)).toBe(percent);
});

it('is 100 % only when it is used up, and never runs out in the past or in another month', () => {
  const pace = fc.record({
    used: fc.nat(6_000),
    limit: fc.integer({ min: 1, max: 6_000 }),
    elapsed: fc.nat(29 * DAY_MS),
  });
  fc.assert(
    fc.property(pace, ({ used, limit, elapsed }) => {
      expect(percentUsed(used, limit) >= 100).toBe(used >= limit);
      const now = begin + elapsed;
      const at = runsOutAt({ used, limit, since: begin, now });
      if (at !== undefined) expect([at >= now, at < monthEnd('2026-11') || used >= limit]).toEqual([true, true]);
    }),
  );
});
