const DAY_MS = 86_400_000;

/** A calendar day as file names carry it, `YYYYMMDD`. */
export type Day = string;

/** The day it is at `at` (epoch ms) in a time zone. */
export function dayAt(at: number, timeZone: string): Day {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return parts.format(at).replaceAll('-', '');
}

/** The day as result rows carry it, `YYYY-MM-DD`. */
export function dashed(day: Day): string {
  return `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`;
}

/** The day `count` days after another. */
export function daysAfter(day: Day, count: number): Day {
  return new Date(midnightUtc(day) + count * DAY_MS).toISOString().slice(0, 10).replaceAll('-', '');
}

/** How many days `later` is after `earlier`. */
export function daysBetween(earlier: Day, later: Day): number {
  return Math.round((midnightUtc(later) - midnightUtc(earlier)) / DAY_MS);
}

/** The moment (epoch ms) when it is `time` (`HH:MM`) on that day in a time zone. */
export function momentOf(day: Day, time: string, timeZone: string): number {
  const [hours, minutes] = time.split(':').map(Number);
  const wall = midnightUtc(day) + ((hours ?? 0) * 60 + (minutes ?? 0)) * 60_000;
  const guess = wall - offsetMs(wall, timeZone);
  return wall - offsetMs(guess, timeZone);
}

/** The moment as ISO 8601 with that zone's offset, `2026-05-04T03:00:00+08:00`. */
export function withOffset(at: number, timeZone: string): string {
  const offset = offsetMs(at, timeZone);
  const wall = new Date(at + offset).toISOString().slice(0, 19);
  const size = new Date(Math.abs(offset)).toISOString().slice(11, 16);
  return `${wall}${offset < 0 ? '-' : '+'}${size}`;
}

function midnightUtc(day: Day): number {
  return Date.UTC(Number(day.slice(0, 4)), Number(day.slice(4, 6)) - 1, Number(day.slice(6, 8)));
}

/** How far the zone's wall clock is ahead of UTC at that moment. */
function offsetMs(at: number, timeZone: string): number {
  const name = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')?.value;
  const [, sign, hours, minutes] = /^GMT([+-])(\d\d):(\d\d)$/.exec(name ?? '') ?? [];
  const size = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
  return sign === '-' ? -size : size;
}
