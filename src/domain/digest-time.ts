import { dayOf, instantOf } from '@field/kit/calendar';
import { type AllowedHours, nextAllowed } from './allowed-hours.ts';

/** From when on a group may have its digest, by the ISO's clock. */
export const DIGEST_HOURS = [8, 12, 18] as const;

/** When a group wants its digest: without an hour as soon as there is one. */
export interface DigestTime {
  readonly hour?: number | undefined;
  /** Only at the hours, and on the days, at which people may be told. */
  readonly quiet?: boolean | undefined;
}

/** When what a day brought is told to a group, `now` being when it came: at its hour of that day, or at once where that is past. */
export function digestDue(now: number, { hour, quiet = false }: DigestTime, hours: AllowedHours): number {
  const { timeZone } = hours;
  const wanted = hour === undefined ? now : Math.max(now, instantOf(dayOf(now, timeZone), hour, timeZone));
  return quiet ? (nextAllowed(wanted, hours) ?? wanted) : wanted;
}
