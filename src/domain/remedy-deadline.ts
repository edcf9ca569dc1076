import { type DataDate, dayAfter, dayOf, instantOf } from '@field/kit/calendar';

/** Until when what failed can be put right: so many days after its result landed, at an hour at the shop. */
export interface DeadlineRule {
  readonly days: number;
  readonly hour: number;
  /** The shop's. */
  readonly timeZone: string;
  /** Which days count (`YYYYMMDD`). */
  readonly counts: (day: DataDate) => boolean;
}

/** When a failed item lapses unless its row says so itself. */
export function remedyDeadline(landedAt: number, { days, hour, timeZone, counts }: DeadlineRule): number {
  let day = dayOf(landedAt, timeZone);
  for (let left = days; left > 0; ) {
    day = dayAfter(day);
    if (counts(day)) left -= 1;
  }
  return instantOf(day, hour, timeZone);
}
