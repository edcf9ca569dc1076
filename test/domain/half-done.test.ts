import { DAY_MS, dayAfter, dayOf, weekdayOf } from '@field/kit/calendar';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AllowedHours, isAllowed } from '../../src/domain/allowed-hours.ts';
import { firstNoticeOf, nextNoticeOf, toldAt } from '../../src/domain/half-done.ts';
import { morningOf } from '../../src/domain/notice-times.ts';

const ZONES = [
  'Asia/Bangkok',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Europe/Rome',
  'America/New_York',
  'Pacific/Apia',
];
const HOUR_MS = 3_600_000;

const calendar = fc
  .record({
    timeZone: fc.constantFrom(...ZONES),
    workingDays: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
    from: fc.integer({ min: 6, max: 11 }),
    to: fc.integer({ min: 13, max: 24 }),
    // of a year with every change of the clocks
    at: fc.integer({ min: Date.UTC(2026, 0, 1) / 60_000, max: Date.UTC(2026, 11, 31) / 60_000 }),
    holidays: fc.array(fc.integer({ min: -2, max: 20 }), { maxLength: 8 }),
  })
  .map(({ at, holidays, workingDays, ...rest }) => {
    const now = at * 60_000;
    const off = holidays.map((days) => dayAfter(dayOf(now, rest.timeZone), days));
    const works = (day: string): boolean => workingDays.includes(weekdayOf(day)) && !off.includes(day);
    return { at: now, hours: { ...rest, works } satisfies AllowedHours };
  });

/** Every time at which a promotion is told of that is left half done, one after the other. */
function timesOf(updatedAt: number, days: readonly number[], keptDays: number, hours: AllowedHours): readonly number[] {
  const times: number[] = [];
  const goneAt = updatedAt + keptDays * DAY_MS;
  let noticeAt = firstNoticeOf(updatedAt, days);
  while (noticeAt !== undefined) {
    const now = toldAt(noticeAt, updatedAt, hours) ?? Number.NaN;
    times.push(now);
    noticeAt = nextNoticeOf({ updatedAt }, { now, days, goneAt }, hours);
  }
  return times;
}

describe('of a promotion that is left half done, over zones, holidays and changes of the clock', () => {
  it('people are told in allowed hours, on later days than its last step, and never twice a day', () => {
    const days = fc.uniqueArray(fc.integer({ min: 1, max: 25 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(calendar, days, fc.integer({ min: 30, max: 200 }), ({ at, hours }, after, kept) => {
        const times = timesOf(at, after, kept, hours);
        expect(times.length).toBeGreaterThanOrEqual(1);
        expect(times.every((time) => isAllowed(time, hours))).toBe(true);
        const told = [at, ...times].map((time) => dayOf(time, hours.timeZone));
        expect(new Set(told).size).toBe(told.length);
        expect([...times].sort((one, other) => one - other)).toEqual(times);
      }),
      { numRuns: 1_000 },
    );
  });

  it('once more a week before it goes, where that is later than the last of the days', () => {
    const hours: AllowedHours = { timeZone: 'Asia/Bangkok', from: 9, to: 19, works: () => true };
    const at = Date.UTC(2026, 10, 24, 3);
    const inDays = (times: readonly number[]) => times.map((time) => (time - at) / DAY_MS);
    expect(inDays(timesOf(at, [2, 14], 180, hours))).toEqual([2, 14, 173]);
    expect(inDays(timesOf(at, [14, 2], 30, hours))).toEqual([2, 14, 23]);
    expect(inDays(timesOf(at, [25], 30, hours))).toEqual([25]);
    expect(timesOf(at, [], 180, hours)).toEqual([]);
  });
});

it('of an inspection people are told in allowed hours an hour before it is due at the latest, on its last day where that is worked', () => {
  fc.assert(
    fc.property(calendar, ({ at: dueAt, hours }) => {
      const time = morningOf(dueAt, hours);
      if (time === undefined) return;
      expect(isAllowed(time, hours)).toBe(true);
      expect(time).toBeLessThanOrEqual(dueAt - HOUR_MS);
      const [told, due, last] = [time, dueAt, dueAt - HOUR_MS].map((one) => dayOf(one, hours.timeZone));
      if (last === due && isAllowed(dueAt - HOUR_MS, hours)) expect(told).toBe(due);
    }),
    { numRuns: 1_000 },
  );
});
