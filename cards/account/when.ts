import { shownDate, shownTime } from '../dates.ts';
import type { T } from '../text.ts';

/** `Tue 24 Nov 10:42`, at the ISO. */
export function shownWhen(t: T, at: number, timeZone: string): string {
  return `${shownDate(t.language, at, timeZone)} ${shownTime(t.language, at, timeZone)}`;
}
