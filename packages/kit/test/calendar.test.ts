import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayAfter, dayOf, instantOf, isDataDate, middayUtc } from '../src/calendar.ts';

const ZONES = ['Asia/Shanghai', 'Asia/Bangkok', 'Europe/Rome', 'America/New_York', 'Pacific/Auckland', 'UTC'];

describe('a day', () => {
  it('changes at its own midnight', () => {
    expect(dayOf(Date.UTC(2026, 4, 3, 15, 59), 'Asia/Shanghai')).toBe('20260503');
    expect(dayOf(Date.UTC(2026, 4, 3, 16), 'Asia/Shanghai')).toBe('20260504');
    expect(dayOf(Date.UTC(2026, 11, 31, 23, 59), 'UTC')).toBe('20261231');
  });

  it('is one of the calendar', () => {
    expect(['20260228', '20240229', '20261231'].every(isDataDate)).toBe(true);
    expect(['20260229', '20261301', '2026-01-01', '20260100', '', '202601011'].some(isDataDate)).toBe(false);
  });

  it('has one after it and one before it', () => {
    expect(dayAfter('20261231')).toBe('20270101');
    expect(dayAfter('20240301', -1)).toBe('20240229');
    expect(new Date(middayUtc('20260503')).toISOString()).toBe('2026-05-03T12:00:00.000Z');
  });
});

describe('a clock of any time zone', () => {
  it('is known within the quarter of an hour in which it changes, too', () => {
    // its clock changes a minute after the hour, at night, when the day changes with it
    const moments = [Date.UTC(2016, 9, 21, 16), Date.UTC(2018, 2, 10, 17), Date.UTC(2020, 9, 3, 16)];
    for (const near of moments) {
      for (let at = near - 1_800_000; at < near + 1_800_000; at += 20_000) {
        const shown = new Intl.DateTimeFormat('en-CA', { timeZone: 'Antarctica/Casey', dateStyle: 'short' }).format(at);
        expect(dayOf(at, 'Antarctica/Casey')).toBe(shown.replaceAll('-', ''));
      }
    }
  });

  it('says the same of the moments of one quarter, one after the other', () => {
    const moment = fc.integer({ min: Date.UTC(2014, 0), max: Date.UTC(2036, 0) });
    fc.assert(
      fc.property(moment, fc.constantFrom(...ZONES, 'Australia/Lord_Howe'), (at, timeZone) => {
        for (const moment of [at, at + 1_000, at + 600_000]) {
          const parts = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(moment);
          expect(dayOf(moment, timeZone)).toBe(parts.replaceAll('-', ''));
        }
      }),
    );
  });
});

describe('an hour of a day', () => {
  it('is found in any time zone, also where the clocks change', () => {
    const day = fc.integer({ min: 0, max: 365 * 6 }).map((days) => dayAfter('20230101', days));
    fc.assert(
      fc.property(day, fc.constantFrom(...ZONES), fc.integer({ min: 4, max: 23 }), (date, timeZone, hour) => {
        const at = instantOf(date, hour, timeZone);
        const shown = new Intl.DateTimeFormat('en-GB', {
          timeZone,
          hourCycle: 'h23',
          hour: '2-digit',
          minute: '2-digit',
        });
        expect([dayOf(at, timeZone), shown.format(at)]).toEqual([date, `${String(hour).padStart(2, '0')}:00`]);
      }),
    );
  });
});
