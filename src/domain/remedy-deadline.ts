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
export function remedyDeadline(landedAt: number, rule: DeadlineRule): number {
  return deadlineOfDay(dayOf(landedAt, rule.timeZone), rule);
}

/** Before when something must have landed for its deadline to be over by now, milliseconds: all of a day have one deadline. */
export function overIfBefore(now: number, rule: DeadlineRule): number {
  let day = dayOf(now, rule.timeZone);
  while (deadlineOfDay(day, rule) > now) day = dayAfter(day, -1);
  return instantOf(dayAfter(day), 0, rule.timeZone);
}

function deadlineOfDay(landed: DataDate, { days, hour, timeZone, counts }: DeadlineRule): number {
  let day = landed;
  for (let left = days; left > 0; ) {
    day = dayAfter(day);
    if (counts(day)) left -= 1;
  }
  return instantOf(day, hour, timeZone);
}
