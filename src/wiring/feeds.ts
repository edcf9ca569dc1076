import { parseFileName } from '../daily/incoming/file-name.ts';
import { createFeeds, type Feeds } from '../web/feeds/routes.ts';
import type { DailyWork } from './daily-work.ts';
import type { Services } from './services.ts';

/** Daily files by HTTPS; undefined without a secret for it. */
export function feedsOf(
  { config, clock, log }: Services,
  { intake, wakeLanding }: Pick<DailyWork, 'intake' | 'wakeLanding'>,
): Feeds | undefined {
  if (config.feedSecrets === undefined) return undefined;
  return createFeeds({
    secrets: config.feedSecrets,
    isFileName: (name) => parseFileName(name) !== undefined,
    intake,
    taken: wakeLanding,
    machine: () => clock.machine(),
    log,
  });
}
