import { expect, test } from 'vitest';
import { flagsOfTime } from '../../src/domain/photo-flags.ts';

const SENT = Date.parse('2026-05-10T12:00:00Z');

test.each([
  ['without a time', undefined, []],
  ['of the same day', '2026-05-10T18:30:00+07:00', []],
  ['seven days old', '2026-05-03T19:00:00+07:00', []],
  ['a second older', '2026-05-03T18:59:59+07:00', ['TAKEN_LONG_BEFORE']],
  ['of a clock that is an hour fast', '2026-05-10T20:00:00+07:00', []],
  ['of a clock that is two hours fast', '2026-05-10T21:00:00+07:00', ['TAKEN_AFTER']],
  ['old wherever it was taken', '2026-05-02T23:59:59', ['TAKEN_LONG_BEFORE']],
  ['old only somewhere, its offset not known', '2026-05-03T05:00:00', []],
  ['of tomorrow morning, its offset not known', '2026-05-11T02:00:00', []],
  ['later wherever it was taken', '2026-05-11T04:00:00', ['TAKEN_AFTER']],
  ['of a clock that was never set', '2002-12-08T12:00:00', []],
  ['of no clock', '1970-01-01T00:00:00+00:00', []],
  ['of a day that there is not', '2026-99-99T00:00:00', []],
] as const)('a photo %s', (_, takenAt, flags) => {
  expect(flagsOfTime(takenAt, SENT, 7)).toEqual(flags);
});

test("how old is too old is the programme's to say", () => {
  expect(flagsOfTime('2026-05-08T12:00:00+00:00', SENT, 1)).toEqual(['TAKEN_LONG_BEFORE']);
});
