import { DAY_MS, dayAfter, dayOf, instantOf } from '@field/kit/calendar';

const HOUR_MS = 3_600_000;

/** Who asks stands in a shop: the admins are told again after an hour, and once more a day later. */
export const ASK_REMINDED_AFTER_MS = [HOUR_MS, DAY_MS] as const;

/** Of the day where the ISO is: nobody's phone rings for it before, or after. */
const WORKING_HOURS = { from: 8, to: 20 } as const;

interface Asked {
  readonly askedAt: number;
  /** How often the admins were told of it again. */
  readonly reminded: number;
}

/** Whether the admins are to be told again now of what was asked and waits. */
export function isReminderDue(asked: Asked, now: number, timeZone: string): boolean {
  const dueAt = reminderDueAt(asked, timeZone);
  return dueAt !== undefined && now >= dueAt && workingTimeFrom(now, timeZone) === now;
}

/** From when on they are to be told again; undefined once they were told often enough. */
export function reminderDueAt({ askedAt, reminded }: Asked, timeZone: string): number | undefined {
  const after = ASK_REMINDED_AFTER_MS[reminded];
  return after === undefined ? undefined : workingTimeFrom(askedAt + after, timeZone);
}

/** The first moment from `at` on that is in working hours. */
function workingTimeFrom(at: number, timeZone: string): number {
  const today = dayOf(at, timeZone);
  if (at >= instantOf(today, WORKING_HOURS.to, timeZone)) {
    return instantOf(dayAfter(today), WORKING_HOURS.from, timeZone);
  }
  return Math.max(at, instantOf(today, WORKING_HOURS.from, timeZone));
}
