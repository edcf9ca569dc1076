import { AppError, type ErrorCode } from '@field/kit/errors';
import { systemIds as ids } from '@field/kit/ids';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createLanding } from '../../src/daily/incoming/landing.ts';
import { createInFlight } from '../../src/work/in-flight.ts';
import { logLines } from '../support/log-lines.ts';
import { StillClock } from '../support/still-clock.ts';

/** A landing that finds this whenever it looks for files; answers how often it has looked. */
async function findsWhenever(code: ErrorCode) {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  let looks = 0;
  const inFlight = createInFlight();
  const landing = createLanding({
    source: {
      async offers() {
        looks += 1;
        throw new AppError(code);
      },
    },
    workDir: 'nowhere',
    tell: { staff: async () => undefined, iso: async () => undefined, admins: async () => undefined },
    wake: () => undefined,
    clock: new StillClock(),
    ids,
    log: logLines().log,
    inFlight,
  });
  onTestFinished(async () => {
    await landing.close();
    vi.useRealTimers();
  });
  const rests = async (): Promise<number> => {
    while (inFlight.left().length > 0) await Promise.resolve();
    return looks;
  };
  landing.wake();
  await rests();
  return {
    after: async (ms: number): Promise<number> => {
      vi.advanceTimersByTime(ms);
      return await rests();
    },
  };
}

it('what another process has locked is looked for again after five seconds: by then it is done, or found dead', async () => {
  const { after } = await findsWhenever('store.transient');
  expect(await after(4_999)).toBe(1);
  expect(await after(1)).toBe(2);
  expect(await after(5_000)).toBe(3);
});

it('what fails otherwise is tried again after a minute', async () => {
  const { after } = await findsWhenever('store.cannotSave');
  expect(await after(59_999)).toBe(1);
  expect(await after(1)).toBe(2);
});
