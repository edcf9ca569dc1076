import { DAY_MS, weekdayOf } from '@field/kit/calendar';
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

/** Failures are urgent when so much time is left, or less: milliseconds. */
export function urgentMs({ deadlines }: Programme): number {
  return deadlines.urgentDays * DAY_MS;
}
