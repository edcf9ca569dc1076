import type { AppError } from '@field/kit/errors';

const FIRST_MS = 1_000;
const LONGEST_MS = 5 * 60_000;

/**
 * How long to wait before try `tries + 1`: doubling from 1 s to 5 min, with up to half of it as jitter (`random` 0 to 1), and
 * never less than DingTalk asked for.
 */
export function retryDelayMs(tries: number, random: number, error: Pick<AppError, 'details'>): number {
  const step = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, tries - 1));
  return Math.max(Math.round(step / 2 + (step / 2) * random), Number(error.details.retryAfterMs ?? 0));
}
