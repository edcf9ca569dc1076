import { type DataDate, dayAfter, dayOf, instantOf } from '@field/kit/calendar';

/** When people may be told of what lapses: from one hour to another, on the days that are worked. All other hours are quiet. */
export interface AllowedHours {
  /** The ISO's. */
  readonly timeZone: string;
  /** From this hour on. */
  readonly from: number;
  /** Until this hour, which is quiet: 24 is midnight. */
  readonly to: number;
  /** Which days are worked (`YYYYMMDD`). */
  readonly works: (day: DataDate) => boolean;
}

const HOUR_MS = 3_600_000;
/** No holidays are longer; a calendar without a day of work has no allowed hour. */
const MOST_DAYS = 40;

/** The same hours of every day, worked or not. */
export function ofAnyDay(hours: AllowedHours): AllowedHours {
  return { ...hours, works: () => true };
}

/** The hours of a day, worked or not: when they begin, when the last of them does, and when they end; milliseconds. */
export function hoursOf(day: DataDate, { timeZone, from, to }: AllowedHours) {
  return {
    opens: instantOf(day, from, timeZone),
    last: instantOf(day, to - 1, timeZone),
    ends: instantOf(day, to, timeZone),
  };
}

/** Whether people may be told at this moment. */
export function isAllowed(at: number, hours: AllowedHours): boolean {
  return nextAllowed(at, hours) === at;
}

/** The first moment from `at` on at which people may be told. */
export function nextAllowed(at: number, hours: AllowedHours): number | undefined {
  let day = dayOf(at, hours.timeZone);
  for (let left = MOST_DAYS; left > 0; left -= 1, day = dayAfter(day)) {
    const { opens, ends } = hoursOf(day, hours);
    if (hours.works(day) && at < ends) return Math.max(at, opens);
  }
  return undefined;
}

/**
 * Up to when what comes due is told at this moment: what would be due in quiet hours that begin within the next hour is told before them.
 */
export function toldUpTo(now: number, hours: AllowedHours): number {
  const inAnHour = now + HOUR_MS;
  const next = nextAllowed(inAnHour, hours);
  return next === undefined || next === inAnHour ? now : next;
}

/** The last whole hour up to `at` that begins while people may be told. */
export function lastAllowed(at: number, hours: AllowedHours): number | undefined {
  let day = dayOf(at, hours.timeZone);
  for (let left = MOST_DAYS; left > 0; left -= 1, day = dayAfter(day, -1)) {
    const { opens, last } = hoursOf(day, hours);
    if (!hours.works(day) || at < opens) continue;
    return at >= last ? last : opens + Math.floor((at - opens) / HOUR_MS) * HOUR_MS;
  }
  return undefined;
}
