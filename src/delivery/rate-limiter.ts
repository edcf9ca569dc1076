import type { Clock } from '@field/kit/clock';
import { reserveCall } from '../../models/rates.ts';

/** Awaited before each call: keeps every API path under DingTalk's rate over all processes. */
export function createRateLimiter(clock: Clock): (path: string) => Promise<void> {
  return async (path) => {
    const waitMs = await reserveCall(path, () => clock.machine());
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
  };
}
