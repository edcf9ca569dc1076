import { DAY_MS, dayAfter, dayOf, instantOf, middayUtc } from '@field/kit/calendar';

/**
 * How many days of the calendar are left until a deadline: 0 on its own day, -1 once it has passed. All times of one day give the same
 * number, so that whatever is read on that day agrees. The time zone is the one in which the deadline's day is shown.
 */
export function daysLeft(now: number, deadlineAt: number, timeZone: string): number {
  if (deadlineAt <= now) return -1;
  return Math.round((middayUtc(dayOf(deadlineAt, timeZone)) - middayUtc(dayOf(now, timeZone))) / DAY_MS);
}

/** The instant before which everything is due that has so many days left or fewer: the end of the last of them. */
export function endOfDaysLeft(now: number, days: number, timeZone: string): number {
  return instantOf(dayAfter(dayOf(now, timeZone), days + 1), 0, timeZone);
}
