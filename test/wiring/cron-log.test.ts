import { AppError } from '@field/kit/errors';
import cron from 'node-cron';
import { afterEach, expect, it, vi } from 'vitest';
import { cronLog } from '../../src/wiring/cron-log.ts';
import { logLines } from '../support/log-lines.ts';

afterEach(() => vi.restoreAllMocks());

it('what node-cron has to say is a line of the log, and nothing is printed beside it', async () => {
  const printed = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const toStderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const { log, of } = logLines();
  const logger = cronLog(log);
  const task = cron.createTask('* * * * *', () => Promise.reject(new AppError('store.transient')), { logger });
  await task.execute().catch(() => undefined);
  await task.destroy();
  logger.warn('missed execution');
  expect(of('jobs.failed')).toMatchObject([{ code: 'store.transient' }]);
  expect(of('jobs.late')).toMatchObject([{ said: 'missed execution' }]);
  expect([...printed.mock.calls, ...toStderr.mock.calls]).toEqual([]);
});
