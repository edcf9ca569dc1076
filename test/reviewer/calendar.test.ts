import { expect, test } from 'vitest';
import { dayAt, daysAfter, daysBetween, momentOf, withOffset } from '../../src/reviewer/calendar.ts';

test('the programme’s day begins at midnight there', () => {
  expect(dayAt(Date.parse('2026-05-03T15:59:59Z'), 'Asia/Shanghai')).toBe('20260503');
  expect(dayAt(Date.parse('2026-05-03T16:00:00Z'), 'Asia/Shanghai')).toBe('20260504');
});

test('days are counted over the ends of months and years', () => {
  expect(daysAfter('20261231', 1)).toBe('20270101');
  expect(daysAfter('20280301', -1)).toBe('20280229');
  expect(daysBetween('20260503', '20260506')).toBe(3);
});

test('a time of day is a moment there, also around a change of the clocks, and is written with its offset', () => {
  for (const [day, zone, written] of [
    ['20260504', 'Asia/Shanghai', '2026-05-04T03:00:00+08:00'],
    ['20260504', 'UTC', '2026-05-04T03:00:00+00:00'],
    ['20260504', 'America/St_Johns', '2026-05-04T03:00:00-02:30'],
    ['20260329', 'Europe/Berlin', '2026-03-29T03:00:00+02:00'],
    ['20261025', 'Europe/Berlin', '2026-10-25T03:00:00+01:00'],
  ] as const) {
    expect(withOffset(momentOf(day, '03:00', zone), zone)).toBe(written);
    expect(momentOf(day, '03:00', zone)).toBe(Date.parse(written));
  }
});
