import { AppError } from '@field/kit/errors';
import { expect, it } from 'vitest';
import { retryDelayMs } from '../../src/work/back-off.ts';

const lost = new AppError('dingtalk.unreachable');

it('doubles from one second to five minutes, half of it by chance', () => {
  const longest = [1, 2, 3, 4, 9, 10, 50].map((tries) => retryDelayMs(tries, 1, lost));
  expect(longest).toEqual([1_000, 2_000, 4_000, 8_000, 256_000, 300_000, 300_000]);
  expect([1, 2, 50].map((tries) => retryDelayMs(tries, 0, lost))).toEqual([500, 1_000, 150_000]);
});

it('never comes back before DingTalk lets it', () => {
  const banned = new AppError('dingtalk.busy', { retryAfterMs: 300_000 });
  expect(retryDelayMs(1, 0, banned)).toBe(300_000);
  expect(retryDelayMs(1, 1, new AppError('dingtalk.busy', { retryAfterMs: 1_000 }))).toBe(1_000);
});
