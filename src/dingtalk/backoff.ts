import { setTimeout as sleep } from 'node:timers/promises';

/** How long to wait before the try after `failures` failed ones: `first`·2ⁿ up to `ceiling`, of which half is chance. */
export function backoffMs(
  failures: number,
  limits: { readonly firstMs: number; readonly ceilingMs: number },
  random: () => number,
): number {
  const full = Math.min(limits.ceilingMs, limits.firstMs * 2 ** Math.min(failures, 30));
  return Math.round(full * (0.5 + random() / 2));
}

/** Waits, or answers at once when the signal says that nobody waits any more. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}
