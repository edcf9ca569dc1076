import { setTimeout as sleep } from 'node:timers/promises';
import type { AppError } from '@field/kit/errors';

const RETRY = { firstMs: 1_000, ceilingMs: 5 * 60_000 } as const;
/** One that fails while others get through would else cost some hundred calls a day. */
const ALONE = { firstMs: 1_000, ceilingMs: 60 * 60_000 } as const;

/** How long to wait before the try after `failures` failed ones: `first`·2ⁿ up to `ceiling`, of which half is chance (`random`, 0 to 1). */
export function backOffMs(
  failures: number,
  limits: { readonly firstMs: number; readonly ceilingMs: number },
  random: number,
): number {
  const full = Math.min(limits.ceilingMs, limits.firstMs * 2 ** Math.min(failures, 30));
  return Math.round(full * (0.5 + random / 2));
}

/** How long to wait before try `tries + 1`: doubling from 1 s to 5 min, and never less than DingTalk asked for. */
export function retryDelayMs(tries: number, random: number, error: Pick<AppError, 'details'>): number {
  return Math.max(backOffMs(Math.max(0, tries - 1), RETRY, random), Number(error.details.retryAfterMs ?? 0));
}

/** How long a call rests that failed `failures` times in a row: doubling from 1 s to 5 min. */
export function outageMs(failures: number, random: number): number {
  return backOffMs(Math.max(0, failures - 1), RETRY, random);
}

/** How long one thing rests that failed `failures` times while others got through: doubling from 1 s to an hour. */
export function aloneMs(failures: number, random: number): number {
  return backOffMs(Math.max(0, failures - 1), ALONE, random);
}

/** Waits, or answers at once when the signal says that nobody waits any more. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}
