import { countCall, reserveCall } from '../../models/rates.ts';
import type { Clock } from '../clock.ts';

/** Awaited before each billed call: keeps every API path under DingTalk's rate over all processes, and counts the month. */
export function createGate(clock: Clock): (path: string) => Promise<void> {
  return async (path) => {
    const waitMs = await reserveCall(path, () => clock.machine());
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    await countCall(new Date(clock.now()).toISOString().slice(0, 7));
  };
}
