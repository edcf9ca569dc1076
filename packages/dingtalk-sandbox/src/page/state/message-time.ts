import { locale, words } from './words.ts';

const CLOCK = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const DAY = { weekday: 'short', day: 'numeric', month: 'short' } as const;

/** The time of day of an entry, `10:42`; `at` is by the demo's clock, in milliseconds. */
export function timeOfDay(at: number): string {
  return new Intl.DateTimeFormat('en-GB', CLOCK).format(at);
}

/** What stands between two days of a chat: `Today`, `Yesterday`, `Tue 24 Nov`; `now` is by the demo's clock too. */
export function dayLabel(at: number, now: number): string {
  const daysAgo = Math.round((midnight(now) - midnight(at)) / 86_400_000);
  if (daysAgo === 0) return words.value.chat.today;
  if (daysAgo === 1) return words.value.chat.yesterday;
  return dayOf(at);
}

/** The day of an entry as cards write it, `Tue 24 Nov`. */
export function dayOf(at: number): string {
  return new Intl.DateTimeFormat(locale.value, DAY).format(at).replace(',', '');
}

/** Whether two moments are on different days, where the person is. */
export function anotherDay(a: number, b: number): boolean {
  return midnight(a) !== midnight(b);
}

function midnight(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}
