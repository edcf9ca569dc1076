import { DAY_MS, dayOf, instantOf } from '@field/kit/calendar';

const HOUR_MS = 3_600_000;

/** Who asks stands in a shop: the admins are told again after an hour, and once more a day later. */
export const ASK_REMINDED_AFTER_MS = [HOUR_MS, DAY_MS] as const;

/** Of the day where the ISO is: nobody's phone rings for it before, or after. */
const WORKING_HOURS = { from: 8, to: 20 } as const;

/** Whether the admins are to be told again of what was asked at `askedAt`, of which they were told again `reminded` times. */
export function isReminderDue(
  { askedAt, reminded }: { readonly askedAt: number; readonly reminded: number },
  now: number,
  timeZone: string,
): boolean {
  const after = ASK_REMINDED_AFTER_MS[reminded];
  return after !== undefined && now >= askedAt + after && isWorkingTime(now, timeZone);
}

function isWorkingTime(at: number, timeZone: string): boolean {
  const today = dayOf(at, timeZone);
  return at >= instantOf(today, WORKING_HOURS.from, timeZone) && at < instantOf(today, WORKING_HOURS.to, timeZone);
}
