import { type DataDate, dayAfter, dayOf, weekdayOf } from '@field/kit/calendar';
import { endOfDaysLeft } from '../domain/days-left.ts';
import type { Reason } from '../domain/reasons.ts';
import type { DeadlineRule } from '../domain/remedy-deadline.ts';
import type { Programme } from './programme.ts';

/** Where a shop is: its country or region, and the time zone of its ISO for where the programme says none. */
export interface ShopPlace {
  readonly market: string;
  readonly timeZone: string;
}

/** By what a programme counts the days to put something right that failed for these reasons: the longest of what they give. */
export function deadlineRule(
  { deadlines, markets }: Programme,
  { market, timeZone }: ShopPlace,
  reasons: readonly Reason[],
): DeadlineRule {
  const { workingDays = [], holidays = [], timeZone: own = timeZone } = markets[market] ?? {};
  const off = new Set(holidays.map((day) => day.replaceAll('-', '')));
  const given = reasons.map(({ days = deadlines.days }) => days);
  return {
    days: given.length === 0 ? deadlines.days : Math.max(...given),
    hour: deadlines.hour,
    timeZone: own,
    counts: (day) => deadlines.count === 'calendar' || (workingDays.includes(weekdayOf(day)) && !off.has(day)),
  };
}

/** Failures are urgent that are to be put right before this instant: those of the last day that counts, too. */
export function urgentUntil({ deadlines }: Programme, now: number, timeZone: string): number {
  return endOfDaysLeft(now, deadlines.urgentDays, timeZone);
}

/** The last day on which such a failure is due, `YYYYMMDD`. */
export function urgentDay({ deadlines }: Programme, now: number, timeZone: string): DataDate {
  return dayAfter(dayOf(now, timeZone), deadlines.urgentDays);
}
