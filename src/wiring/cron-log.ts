import { asAppError } from '@field/kit/errors';
import type { Logger } from '@field/kit/log';
import type { Logger as CronLogger } from 'node-cron';

/** node-cron's own words as lines of the log: by itself it prints coloured stacks between them. */
export function cronLog(log: Logger): CronLogger {
  const say = (said: string | Error, error: unknown = said): void => {
    if (error instanceof Error) log.error({ code: asAppError(error).code, err: error }, 'jobs.failed');
    else log.warn({ said }, 'jobs.late');
  };
  return { error: say, warn: say, info: () => undefined, debug: () => undefined };
}
