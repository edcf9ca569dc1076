import { expect, it } from 'vitest';
import { remedyDeadline } from '../../src/domain/remedy-deadline.ts';

it('a failure can be put right until 18:00 at the shop, three days after it was told', () => {
  const landed = Date.UTC(2026, 10, 24, 2);
  expect(new Date(remedyDeadline(landed, 'Asia/Bangkok')).toISOString()).toBe('2026-11-27T11:00:00.000Z');
});
