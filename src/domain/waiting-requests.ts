import { DAY_MS } from '@field/kit/calendar';

/** The admins of an ISO are told again of whoever has waited so long. */
export const REMINDED_AFTER_MS = [DAY_MS, 3 * DAY_MS] as const;

const HOUR_MS = 3_600_000;

/** Those who asked within one hour. */
export interface AskedInHour {
  /** When that hour began, milliseconds. */
  readonly from: number;
  readonly count: number;
}

/** How many asked in each hour, the latest first. */
export function byHour(times: readonly number[]): readonly AskedInHour[] {
  const counts = new Map<number, number>();
  for (const at of times) {
    const from = hourOf(at);
    counts.set(from, (counts.get(from) ?? 0) + 1);
  }
  return [...counts].map(([from, count]) => ({ from, count })).sort((a, b) => b.from - a.from);
}

/** When the hour of this time began, and when it ends. */
export function hourAround(at: number): { readonly from: number; readonly to: number } {
  return { from: hourOf(at), to: hourOf(at) + HOUR_MS };
}

function hourOf(at: number): number {
  return Math.floor(at / HOUR_MS) * HOUR_MS;
}
