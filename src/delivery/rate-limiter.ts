import type { Clock } from '@field/kit/clock';
import { addUsage } from '../../models/monthly-usage.ts';
import { reserveCall } from '../../models/rates.ts';

/** Contacts are limited by rate, but do not count against the month (dingtalk 3.4). */
const FREE = /^\/topapi\//;

/** Awaited before each call: keeps every API path under DingTalk's rate over all processes, and counts the month. */
export function createRateLimiter(clock: Clock): (path: string) => Promise<void> {
  return async (path) => {
    const waitMs = await reserveCall(path, () => clock.machine());
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    if (!FREE.test(path)) await addUsage(clock.now(), { calls: 1 });
  };
}
