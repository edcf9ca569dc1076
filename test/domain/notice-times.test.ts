import { dayAfter, dayOf, instantOf, weekdayOf } from '@field/kit/calendar';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AllowedHours, hoursOf, isAllowed, nextAllowed } from '../../src/domain/allowed-hours.ts';
import { firstNotice, NOTICE_EVERY_MS, nextNotice } from '../../src/domain/notice-times.ts';
import { reminderHours } from '../../src/programme/reminder-hours.ts';
import { programmeOf, shippedProgramme, withChange } from '../support/shipped-programme.ts';

const HOUR_MS = 3_600_000;
const ZONES = [
  'Asia/Bangkok',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Asia/Shanghai',
  'Australia/Sydney',
  'Australia/Lord_Howe',
  'Europe/Rome',
  'Europe/London',
  'America/New_York',
  'Africa/Cairo',
  'Pacific/Auckland',
  'Pacific/Apia',
];

const WEEKDAYS: AllowedHours = hours({ workingDays: [1, 2, 3, 4, 5] });

function hours({
  timeZone = 'Asia/Bangkok',
  workingDays = [1, 2, 3, 4, 5, 6, 7],
  holidays = [] as readonly string[],
  from = 9,
  to = 19,
} = {}): AllowedHours {
  return { timeZone, from, to, works: (day) => workingDays.includes(weekdayOf(day)) && !holidays.includes(day) };
}

/** Every notice of a failure after its result, in the time of its ISO. */
function toldAt(landedAt: number, deadlineAt: number, when: AllowedHours): readonly number[] {
  const all: number[] = [];
  let next = firstNotice(landedAt, deadlineAt, when);
  while (next !== undefined) {
    all.push(next);
    next = nextNotice(next, deadlineAt, when);
  }
  return all;
}

function told(landed: string, deadline: string, when: AllowedHours): readonly string[] {
  const shown = new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: when.timeZone,
  });
  return toldAt(at(landed, when), at(deadline, when), when).map((time) => shown.format(time).replace(' at ', ', '));
}

/** `24 18:30` of November 2026, a Tuesday evening. */
function at(text: string, { timeZone }: AllowedHours): number {
  const [day = '', time = ''] = text.split(' ');
  const [hour, minute] = time.split(':').map(Number);
  return instantOf(`202611${day}`, hour ?? 0, timeZone) + (minute ?? 0) * 60_000;
}

describe('a failure is told of again', () => {
  it('two days before its deadline, one day before, and on its last morning', () => {
    expect(told('23 08:00', '27 18:00', hours())).toEqual(['Wed 25, 18:00', 'Thu 26, 18:00', 'Fri 27, 09:00']);
  });

  it('not on the day of its result, which told it, and once a day', () => {
    expect(told('24 08:00', '26 18:00', hours())).toEqual(['Wed 25, 18:00', 'Thu 26, 09:00']);
    expect(told('26 08:00', '27 18:00', hours())).toEqual(['Fri 27, 09:00']);
  });

  it('in the last allowed hour before, where it would be due in quiet hours', () => {
    expect(told('23 08:00', '27 23:30', hours())).toEqual(['Wed 25, 18:00', 'Thu 26, 18:00', 'Fri 27, 09:00']);
    expect(told('20 08:00', '23 18:00', WEEKDAYS)).toEqual(['Mon 23, 09:00']);
    expect(told('19 08:00', '23 18:00', WEEKDAYS)).toEqual(['Fri 20, 18:00', 'Mon 23, 09:00']);
    expect(told('19 08:00', '23 18:00', hours({ holidays: ['20261121', '20261122'] }))).toEqual([
      'Fri 20, 18:00',
      'Mon 23, 09:00',
    ]);
  });

  it('on a quiet day too, where it lapses before the next working day', () => {
    expect(told('19 08:00', '22 18:00', WEEKDAYS)).toEqual(['Fri 20, 18:00', 'Sun 22, 09:00']);
    expect(told('21 10:00', '22 18:00', WEEKDAYS)).toEqual(['Sun 22, 09:00']);
    expect(told('21 20:00', '22 09:30', WEEKDAYS)).toEqual(['Sun 22, 09:00']);
  });

  it('once more where less than a day is left', () => {
    expect(told('24 08:00', '24 18:00', hours())).toEqual(['Tue 24, 13:00']);
    expect(told('24 20:00', '25 12:00', hours())).toEqual(['Wed 25, 09:00']);
    expect(told('24 18:20', '25 08:00', hours())).toEqual(['Wed 25, 07:00']);
    expect(told('24 10:00', '24 10:40', hours())).toEqual(['Tue 24, 10:00']);
    expect(told('24 10:00', '24 10:00', hours())).toEqual([]);
  });
});

const failure = fc
  .record({
    timeZone: fc.constantFrom(...ZONES),
    workingDays: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
    from: fc.integer({ min: 6, max: 11 }),
    to: fc.integer({ min: 13, max: 24 }),
    // of a year with every change of the clocks
    landedAt: fc.integer({ min: Date.UTC(2026, 0, 1) / 60_000, max: Date.UTC(2026, 11, 31) / 60_000 }),
    minutes: fc.oneof(fc.integer({ min: 30, max: 2 * 1_440 }), fc.integer({ min: 30, max: 20 * 1_440 })),
    holidays: fc.array(fc.integer({ min: -5, max: 25 }), { maxLength: 8 }),
  })
  .map(({ landedAt, minutes, holidays, ...rest }) => {
    const landed = landedAt * 60_000;
    const off = holidays.map((days) => dayAfter(dayOf(landed, rest.timeZone), days));
    return { landed, deadline: landed + minutes * 60_000, when: hours({ ...rest, holidays: off }) };
  });

/** The shipped zones, and 1,000 failures: what must hold of each. */
function always(
  holds: (failure: { landed: number; deadline: number; when: AllowedHours; at: readonly number[] }) => void,
) {
  fc.assert(
    fc.property(failure, ({ landed, deadline, when }) => {
      holds({ landed, deadline, when, at: toldAt(landed, deadline, when) });
    }),
    { numRuns: 1_000 },
  );
}

describe('of a thousand failures in any zone, over holidays and changes of the clock', () => {
  it('none lapses without two notices, its result the first, in time', () => {
    always(({ landed, deadline, at }) => {
      expect(at.length).toBeGreaterThanOrEqual(1);
      expect(at.every((time) => time >= landed && time < deadline - NOTICE_EVERY_MS)).toBe(true);
    });
  });

  it('none is told of in quiet hours, but where it lapses before they end', () => {
    always(({ when, deadline, at }) => {
      for (const time of at) {
        if (isAllowed(time, when) || time >= deadline - HOUR_MS) continue;
        expect(nextAllowed(time, when) ?? Infinity).toBeGreaterThan(deadline - HOUR_MS);
        const { opens, ends } = hoursOf(dayOf(time, when.timeZone), when);
        // by night only where no hour of any day is left
        if (time < opens || time >= ends) expect(deadline - time).toBeLessThanOrEqual(HOUR_MS);
      }
    });
  });

  it('none is told of twice, and none twice a day', () => {
    always(({ when, at, landed }) => {
      const days = at.map((time) => dayOf(time, when.timeZone));
      expect(new Set(days).size).toBe(days.length);
      if (at.length > 1) expect(days).not.toContain(dayOf(landed, when.timeZone));
    });
  });
});

describe('the allowed hours', () => {
  const place = { market: 'TH', timeZone: 'Asia/Bangkok' };

  it('are those of the programme, by the clock of the ISO, every day where it names no working days', () => {
    const shipped = reminderHours(shippedProgramme(), { market: 'JP', timeZone: 'Asia/Bangkok' });
    expect(shipped).toMatchObject({ from: 9, to: 19, timeZone: 'Asia/Bangkok' });
    expect(shipped.works('20261122')).toBe(true);
  });

  it('are of working days without holidays, where it names them', () => {
    const work = 'TH: { workingDays: [1, 2, 3, 4, 5], holidays: ["2026-11-26"] }';
    const files = withChange('programme.yaml', /markets:\n(?: {2}.*\n)+/, `markets:\n  ${work}\n`);
    const { works } = reminderHours(programmeOf(files), place);
    expect(['20261125', '20261126', '20261127', '20261128'].map(works)).toEqual([true, false, true, false]);
  });

  it('are from 9 to 19 where a programme says nothing of them', () => {
    const silent = withChange('programme.yaml', /reminders: .*\n/, '');
    expect(reminderHours(programmeOf(silent), place)).toMatchObject({ from: 9, to: 19 });
  });
});
