import { expect, it } from 'vitest';
import { expectedData } from '../../src/domain/data-day.ts';

const BEIJING = 'Asia/Shanghai';

it.each([
  ['2026-11-24T00:00:00+08:00', '20261123', false],
  ['2026-11-24T09:59:59+08:00', '20261123', false],
  ['2026-11-24T10:00:00+08:00', '20261123', true],
  ['2026-11-24T23:59:59+08:00', '20261123', true],
  ['2026-11-24T16:00:00Z', '20261124', false],
])('at %s the data of %s is expected, and due: %s', (at, day, isDue) => {
  const endedAt = Date.parse(`${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}T24:00:00+08:00`);
  expect(expectedData(Date.parse(at), BEIJING)).toEqual({ day, isDue, endedAt, dueAt: endedAt + 10 * 3_600_000 });
});
