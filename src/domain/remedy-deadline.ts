import { dayAfter, dayOf, instantOf } from '@field/kit/calendar';

const REMEDY_DAYS = 3;
const REMEDY_HOUR = 18;

/** When a failed item lapses unless its row says so itself: 18:00 at the shop, three days after the result landed. */
export function remedyDeadline(landedAt: number, timeZone: string): number {
  return instantOf(dayAfter(dayOf(landedAt, timeZone), REMEDY_DAYS), REMEDY_HOUR, timeZone);
}
