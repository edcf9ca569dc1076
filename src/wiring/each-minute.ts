import { asAppError } from '@field/kit/errors';
import type { Logger } from '@field/kit/log';
import cron from 'node-cron';
import { cronLog } from './cron-log.ts';

/** What wakes each minute until it is stopped. */
interface EachMinute {
  stop(): Promise<void>;
}

/** So long after the last time something is amiss with who wakes. */
const OVERDUE_MS = 75_000;
const LOOK_EVERY_MS = 30_000;

/**
 * Wakes `run` each minute, unless it is still at it; one that fails is a line of the log. node-cron goes by the calendar of the process,
 * and loses its way in the hour that comes twice when summer ends (node-cron#492): so the process is in UTC (`goByUtc`), and what was not
 * woken by elapsed time is woken here.
 */
export function eachMinute(run: () => Promise<void>, log: Logger): EachMinute {
  let running = false;
  let lastAt = performance.now();

  async function wake(): Promise<void> {
    if (running) return;
    running = true;
    lastAt = performance.now();
    try {
      await run();
    } catch (error) {
      log.error({ code: asAppError(error).code, err: error }, 'jobs.failed');
    } finally {
      running = false;
    }
  }

  const waker = cron.schedule('* * * * *', wake, { name: 'due', noOverlap: true, logger: cronLog(log) });
  const watching = setInterval(() => {
    if (performance.now() - lastAt >= OVERDUE_MS) void wake();
  }, LOOK_EVERY_MS);
  return {
    async stop() {
      clearInterval(watching);
      await waker.stop();
    },
  };
}
