import { expect, it } from 'vitest';
import { isNearlyUsed, periodOf, sitesLeft } from '../../src/domain/site-quota.ts';

it('a period is the month, quarter or year of the calendar where the ISO is', () => {
  const newYear = Date.UTC(2026, 11, 31, 18);
  expect(periodOf(newYear, 'month', 'UTC')).toBe('2026-12');
  expect(periodOf(newYear, 'month', 'Asia/Bangkok')).toBe('2027-01');
  expect(periodOf(newYear, 'quarter', 'UTC')).toBe('2026-Q4');
  expect(periodOf(newYear, 'quarter', 'Asia/Bangkok')).toBe('2027-Q1');
  expect(periodOf(Date.UTC(2026, 6, 1), 'quarter', 'UTC')).toBe('2026-Q3');
  expect(periodOf(newYear, 'year', 'UTC')).toBe('2026');
});

it('is nearly used from 80 % on, and never less than nothing is left', () => {
  expect(isNearlyUsed({ agreed: 10, used: 7 })).toBe(false);
  expect(isNearlyUsed({ agreed: 10, used: 8 })).toBe(true);
  expect(isNearlyUsed({ agreed: 1, used: 0 })).toBe(false);
  expect(isNearlyUsed({ agreed: 1, used: 1 })).toBe(true);
  expect(sitesLeft({ agreed: 10, used: 8 })).toBe(2);
  expect(sitesLeft({ agreed: 10, used: 11 })).toBe(0);
});
