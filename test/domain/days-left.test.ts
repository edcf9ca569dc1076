import { dayOf } from '@field/kit/calendar';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { daysLeft, endOfDaysLeft } from '../../src/domain/days-left.ts';

const ZONES = [
  'Asia/Bangkok',
  'Asia/Shanghai',
  'Asia/Kathmandu',
  'Europe/Rome',
  'America/New_York',
  'Pacific/Auckland',
];
const zone = fc.constantFrom(...ZONES);
const instant = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 11, 31) });
const ahead = fc.integer({ min: 1, max: 40 * 24 * 3_600_000 });

it('says the same in the morning and in the evening of one day', () => {
  const until = Date.UTC(2026, 10, 27, 11); // Friday, 18:00 in Bangkok
  const at = (day: number, hour: number): number => daysLeft(Date.UTC(2026, 10, day, hour - 7), until, 'Asia/Bangkok');
  expect([at(24, 7), at(24, 18), at(24, 23)]).toEqual([3, 3, 3]);
  expect([at(26, 0), at(26, 23), at(27, 0), at(27, 17), at(27, 18), at(28, 9)]).toEqual([1, 1, 0, 0, -1, -1]);
});

it('agrees at any two times of one day, and is one less on the next', () => {
  fc.assert(
    fc.property(instant, instant, ahead, zone, (one, other, later, timeZone) => {
      const until = Math.max(one, other) + later;
      const days = daysLeft(one, until, timeZone) - daysLeft(other, until, timeZone);
      if (dayOf(one, timeZone) === dayOf(other, timeZone)) expect(days).toBe(0);
      else expect(Math.sign(days)).toBe(Math.sign(other - one));
    }),
  );
  fc.assert(
    fc.property(instant, fc.integer({ min: 0, max: 86_399_999 }), zone, (one, within, timeZone) => {
      const other = one + within;
      const until = other + 9 * 86_400_000;
      const passed = dayOf(one, timeZone) === dayOf(other, timeZone) ? 0 : 1;
      expect(daysLeft(one, until, timeZone) - daysLeft(other, until, timeZone)).toBe(passed);
    }),
  );
});

it('counts as due within so many days exactly what has so many left, or fewer', () => {
  fc.assert(
    fc.property(instant, ahead, fc.integer({ min: 0, max: 14 }), zone, (now, later, days, timeZone) => {
      const left = daysLeft(now, now + later, timeZone);
      expect(now + later < endOfDaysLeft(now, days, timeZone)).toBe(left <= days);
    }),
  );
});
