import { AppError } from '@field/kit/errors';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { goByUtc } from '../../src/config/config.ts';
import { eachMinute } from '../../src/wiring/each-minute.ts';
import { logLines } from '../support/log-lines.ts';

const MINUTE_MS = 60_000;
const zone = process.env.TZ;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

/** When it woke within so many minutes from then on, minutes after it began. */
async function wokenWithin(minutes: number, from: string, run = async (): Promise<void> => undefined) {
  vi.setSystemTime(Date.parse(from));
  const began = performance.now();
  const woken: number[] = [];
  const { log, of } = logLines();
  const waker = eachMinute(async () => {
    woken.push((performance.now() - began) / MINUTE_MS);
    await run();
  }, log);
  await vi.advanceTimersByTimeAsync(minutes * MINUTE_MS);
  await waker.stop();
  return { woken, of };
}

const longestGap = (woken: readonly number[], until: number): number =>
  Math.max(...[0, ...woken].map((at, index) => (woken[index] ?? until) - at));

it.each([
  ['Europe/Rome', '2026-10-24T23:50:20Z'],
  ['Europe/Rome', '2026-03-29T00:10:20Z'],
  ['America/New_York', '2026-11-01T04:50:20Z'],
  ['Australia/Lord_Howe', '2026-04-04T14:10:20Z'],
  ['Asia/Bangkok', '2026-10-24T23:50:20Z'],
])('wakes each minute of the night in which the clocks of %s change (%s)', async (timeZone, from) => {
  process.env.TZ = timeZone;
  goByUtc();
  const { woken } = await wokenWithin(150, from);
  expect(longestGap(woken, 150)).toBeLessThanOrEqual(2);
  expect(woken.length).toBeGreaterThanOrEqual(140);
});

it('wakes nobody who is still at it, and one that fails is one line and no end', async () => {
  let [atOnce, most, times] = [0, 0, 0];
  const { woken, of } = await wokenWithin(12, '2026-11-24T10:00:20Z', async () => {
    atOnce += 1;
    times += 1;
    most = Math.max(most, atOnce);
    await new Promise((resolve) => setTimeout(resolve, times === 1 ? 5 * MINUTE_MS : 1));
    atOnce -= 1;
    throw new AppError('store.transient');
  });
  expect(most).toBe(1);
  expect(woken.length).toBeGreaterThan(5);
  expect(of('jobs.failed')).toHaveLength(woken.length);
});

it('wakes nobody once it is stopped', async () => {
  const run = vi.fn(async () => undefined);
  const waker = eachMinute(run, logLines().log);
  await waker.stop();
  await vi.advanceTimersByTimeAsync(5 * MINUTE_MS);
  expect(run).not.toHaveBeenCalled();
});
