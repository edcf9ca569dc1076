import { expect, it, onTestFinished, vi } from 'vitest';
import { createInFlight } from '../../src/work/in-flight.ts';
import { createSingleWorker } from '../../src/work/single-worker.ts';

/** Work whose rounds end when the test says so. */
function steppedWork() {
  const inFlight = createInFlight();
  const rounds: { end: () => void; fail: (error: Error) => void }[] = [];
  const failures: unknown[] = [];
  const work = createSingleWorker({
    name: 'landing',
    inFlight,
    round: () => new Promise<void>((end, fail) => rounds.push({ end, fail })),
    failed: (error) => failures.push(error),
  });
  return { work, rounds, failures, inFlight };
}

it('runs once at a time, and once more for all who woke it meanwhile', async () => {
  const { work, rounds, inFlight } = steppedWork();
  work.wake();
  work.wake();
  work.wake();
  expect(rounds).toHaveLength(1);
  rounds[0]?.end();
  await expect.poll(() => rounds).toHaveLength(2);
  rounds[1]?.end();
  await expect.poll(() => inFlight.left()).toEqual([]);
  expect(rounds).toHaveLength(2);
});

it('says what failed, and runs again when woken', async () => {
  const { work, rounds, failures, inFlight } = steppedWork();
  work.wake();
  rounds[0]?.fail(new Error('disk'));
  await expect.poll(() => inFlight.left()).toEqual([]);
  expect(failures).toEqual([new Error('disk')]);
  work.wake();
  expect(rounds).toHaveLength(2);
});

it('wakes after a while, and not once it is closed', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const { work, rounds } = steppedWork();
  work.wakeIn(60_000);
  vi.advanceTimersByTime(59_999);
  expect(rounds).toHaveLength(0);
  vi.advanceTimersByTime(1);
  expect(rounds).toHaveLength(1);
  work.wakeIn(60_000);
  const closed = work.close();
  rounds[0]?.end();
  await closed;
  vi.advanceTimersByTime(60_000);
  work.wake();
  expect(rounds).toHaveLength(1);
});
