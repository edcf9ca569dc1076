import { DAY_MS, dayOf } from '@field/kit/calendar';
import { type AllowedHours, hoursOf, isAllowed, lastAllowed, nextAllowed, ofAnyDay } from './allowed-hours.ts';

const HOUR_MS = 3_600_000;
/** Nobody puts anything right in less. */
const LATEST_MS = HOUR_MS;
/** Within which a notice that is due is sent. */
export const NOTICE_EVERY_MS = HOUR_MS / 6;
/** So long before a deadline a notice comes, besides the one on its last morning. */
const AHEAD_MS = [2 * DAY_MS, DAY_MS] as const;

/**
 * When whoever has a failure in hand is told of it first after its result, which is the first notice: two days before its deadline, one
 * day before, or on its last morning, whichever comes first on a later day than the result did. Where none does, once between the two.
 * All times are milliseconds by `clock.now()`; undefined where the deadline is over.
 */
export function firstNotice(landedAt: number, deadlineAt: number, hours: AllowedHours): number | undefined {
  if (deadlineAt <= landedAt) return undefined;
  return nextNotice(landedAt, deadlineAt, hours) ?? onceMore(landedAt, deadlineAt, hours);
}

/** When they are told next, after they were told at `toldAt`: on a later day. Undefined where that was the last time. */
export function nextNotice(toldAt: number, deadlineAt: number, hours: AllowedHours): number | undefined {
  const toldOn = dayOf(toldAt, hours.timeZone);
  return notices(deadlineAt, hours).find(
    (at) => at > toldAt && at < deadlineAt && dayOf(at, hours.timeZone) !== toldOn,
  );
}

/**
 * Whether a notice that is due may be sent at this moment: in the allowed hours, and besides where none of them comes before the
 * deadline; what lapses before the next working day is not silenced.
 */
export function mayTell(now: number, deadlineAt: number, hours: AllowedHours): boolean {
  return isAllowed(now, hours) || (nextAllowed(now, hours) ?? Infinity) >= deadlineAt;
}

/** All of a deadline. One in quiet hours comes in the last allowed hour before them. */
function notices(deadlineAt: number, hours: AllowedHours): readonly number[] {
  const ahead = AHEAD_MS.flatMap((ms) => lastAllowed(deadlineAt - ms, hours) ?? []);
  return [...ahead, ...lastMorning(deadlineAt, hours)].sort((one, other) => one - other);
}

/**
 * When whoever has an inspection in hand is told that it is due: on the morning of its last day, or, where that is quiet or no hour is
 * left of it, in the last allowed hour before. Undefined where no hour is allowed at all.
 */
export function morningOf(dueAt: number, hours: AllowedHours): number | undefined {
  const latest = dueAt - LATEST_MS;
  const day = dayOf(dueAt, hours.timeZone);
  const { opens } = hoursOf(day, hours);
  return hours.works(day) && opens <= latest ? opens : lastAllowed(latest, hours);
}

/** The first allowed hour of its last day, which is told though that day is quiet: what lapses on it lapses before the next working day. */
function lastMorning(deadlineAt: number, hours: AllowedHours): readonly number[] {
  const { opens } = hoursOf(dayOf(deadlineAt, hours.timeZone), hours);
  if (opens <= deadlineAt - LATEST_MS) return [opens];
  return [lastAllowed(deadlineAt - LATEST_MS, hours) ?? []].flat();
}

/** Halfway, or as near to that as people may be told; at once where less than an hour is left. */
function onceMore(landedAt: number, deadlineAt: number, hours: AllowedHours): number {
  const latest = deadlineAt - LATEST_MS;
  if (latest <= landedAt) return landedAt;
  const half = landedAt + (deadlineAt - landedAt) / 2;
  const near = [hours, ofAnyDay(hours)].flatMap((some) => [lastAllowed(half, some), nextAllowed(half, some)]);
  const inTime = (at: number | undefined): boolean =>
    at !== undefined && at > landedAt && at < deadlineAt - NOTICE_EVERY_MS;
  return near.find(inTime) ?? Math.max(half, latest);
}
