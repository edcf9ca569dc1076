import { AppError } from '@field/kit/errors';
import { expect, it } from 'vitest';
import { startSweep } from '../../src/wiring/sweep.ts';
import { logLines } from '../support/log-lines.ts';

it('a sweep that fails is one line, and one that the end of the bot breaks off is none', async () => {
  const { log, of } = logLines();
  let fail: (error: Error) => void = () => undefined;
  const sweep = startSweep(() => new Promise((_, reject) => (fail = reject)), log);
  const fails = async (): Promise<number> => {
    fail(new AppError('store.transient'));
    await new Promise(setImmediate);
    return of('sweep.failed').length;
  };
  sweep.now();
  expect(await fails()).toBe(1);
  sweep.now();
  sweep.stop();
  expect(await fails()).toBe(1);
});
