import { DAY_MS, dayAfter, dayOf, instantOf } from '@field/kit/calendar';

const REMEDY_DAYS = 3;
const REMEDY_HOUR = 18;

/** Failures are urgent when there are two days left, or less. */
export const URGENT_MS = 2 * DAY_MS;

/** When a failed item lapses unless its row says so itself: 18:00 at the shop, three days after the result landed. */
export function remedyDeadline(landedAt: number, timeZone: string): number {
  return instantOf(dayAfter(dayOf(landedAt, timeZone), REMEDY_DAYS), REMEDY_HOUR, timeZone);
}
