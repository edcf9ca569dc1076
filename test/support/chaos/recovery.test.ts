import { expect, it, onTestFinished, vi } from 'vitest';
import { Recovery } from './recovery.ts';

function aWorker(userId: string) {
  const worker = {
    userId,
    lastSuccess: 0,
    onSuccess: (_at: number): void => undefined,
    looks: async () => [],
    seesSignal: vi.fn(),
    triedSince: (since: number) => [`${userId} since ${since}`],
  };
  return {
    worker,
    succeeds(): void {
      worker.lastSuccess = performance.now();
      worker.onSuccess(worker.lastSuccess);
    },
  };
}

it('a kill among faults counts until the last of all has had their first success, however long they go on', () => {
  vi.useFakeTimers({ now: 0, toFake: ['performance'] });
  onTestFinished(() => void vi.useRealTimers());
  const [nok, lek] = [aWorker('nok'), aWorker('lek')];
  const recovery = new Recovery([nok.worker, lek.worker]);
  nok.succeeds();
  recovery.botKilled(performance.now());
  vi.advanceTimersByTime(2_000);
  nok.succeeds();
  vi.advanceTimersByTime(1_000);
  recovery.botKilled(performance.now());
  vi.advanceTimersByTime(4_000);
  lek.succeeds();
  expect(recovery.underFaults).toEqual([7_000]);
  vi.advanceTimersByTime(1_000);
  nok.succeeds();
  vi.advanceTimersByTime(50_000);
  for (const one of [nok, lek]) one.succeeds();
  recovery.botKilled(performance.now());
  expect(recovery.underFaults).toEqual([7_000, 5_000]);
  expect(recovery.tooLong).toEqual([]);
});

it('all faults being off, nobody waits for what was lost before, and the last of them counts', async () => {
  const [nok, lek] = [aWorker('nok'), aWorker('lek')];
  const recovery = new Recovery([nok.worker, lek.worker]);
  for (const { worker, succeeds } of [nok, lek]) worker.seesSignal.mockImplementation(succeeds);
  await recovery.allOff();
  expect(recovery.afterFaults).toHaveLength(1);
});

it('of whoever came too late it is told what they did meanwhile', () => {
  vi.useFakeTimers({ now: 0, toFake: ['performance'] });
  onTestFinished(() => void vi.useRealTimers());
  const [nok, lek] = [aWorker('nok'), aWorker('lek')];
  const recovery = new Recovery([nok.worker, lek.worker]);
  recovery.botKilled(performance.now());
  nok.succeeds();
  vi.advanceTimersByTime(61_000);
  lek.succeeds();
  expect(recovery.tooLong).toEqual([expect.stringContaining('since '), '  lek since 0']);
});
