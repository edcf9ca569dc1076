import { expect, it } from 'vitest';
import type { AllowedHours } from '../../src/domain/allowed-hours.ts';
import { digestDue } from '../../src/domain/digest-time.ts';

const HOUR = 3_600_000;
/** Thursday, 26 November 2026, 00:00 in Bangkok. */
const THURSDAY = Date.UTC(2026, 10, 25, 17);
const hours: AllowedHours = {
  timeZone: 'Asia/Bangkok',
  from: 8,
  to: 20,
  works: (day) => !['20261128', '20261129'].includes(day),
};
const due = (at: number, time: Parameters<typeof digestDue>[1]): number =>
  (digestDue(THURSDAY + at * HOUR, time, hours) - THURSDAY) / HOUR;

it('a digest comes when there is one, unless its group has an hour; what is late comes at once', () => {
  expect([due(5, {}), due(23, {})]).toEqual([5, 23]);
  expect([due(5, { hour: 8 }), due(8, { hour: 8 }), due(9.5, { hour: 8 }), due(9, { hour: 18 })]).toEqual([
    8, 8, 9.5, 18,
  ]);
});

it('and nights and days off are quiet where it says so', () => {
  const quiet = true;
  expect([due(5, { quiet }), due(12, { quiet }), due(21, { quiet })]).toEqual([8, 12, 32]);
  // Saturday morning, and Friday night
  expect([due(57, { quiet }), due(45, { quiet, hour: 18 })]).toEqual([104, 104]);
  expect(due(41, { quiet, hour: 18 })).toBe(42);
});
