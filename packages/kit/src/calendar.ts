/** A day of 24 hours, milliseconds. */
export const DAY_MS = 24 * 3_600_000;

/** `YYYYMMDD`, a day of the calendar without a time zone: the `dataDate` of a daily file (domain A.12-18). */
export type DataDate = string;

/** The calendar day of an instant in a time zone, `YYYYMMDD`. */
export function dayOf(at: number, timeZone: string): DataDate {
  return utcDayOf(at + offsetAt(at, timeZone));
}

/** Whether a text is a day of the calendar as file names carry it. */
export function isDataDate(text: string): boolean {
  if (!/^\d{8}$/.test(text)) return false;
  const at = middayUtc(text);
  return Number.isFinite(at) && utcDayOf(at) === text;
}

/** The day `days` after another one (before it, when negative). */
export function dayAfter(day: DataDate, days = 1): DataDate {
  return utcDayOf(middayUtc(day) + days * DAY_MS);
}

/** Noon of a day in Greenwich: an instant by which the day can be written in any language, without a time zone. */
export function middayUtc(day: DataDate): number {
  return Date.UTC(Number(day.slice(0, 4)), Number(day.slice(4, 6)) - 1, Number(day.slice(6, 8)), 12);
}

/** The day of the week: 1 is Monday, 7 Sunday. */
export function weekdayOf(day: DataDate): number {
  return new Date(middayUtc(day)).getUTCDay() || 7;
}

/** The instant at which it is `hour` o'clock on a day in a time zone. */
export function instantOf(day: DataDate, hour: number, timeZone: string): number {
  const wall = middayUtc(day) + (hour - 12) * 3_600_000;
  // once more with the offset found, for the days on which it changes
  const guess = wall - offsetAt(wall, timeZone);
  return wall - offsetAt(guess, timeZone);
}

/** Whether this machine knows a time zone by this IANA name. */
export function isTimeZone(value: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return true;
  } catch {
    return false;
  }
}

/** Made once for each time zone: making one takes longer than using it a hundred times. */
const wallClocks = new Map<string, Intl.DateTimeFormat>();

const QUARTER_MS = 900_000;
const MOST_KNOWN = 20_000;
/** By time zone and quarter of an hour; undefined where it changes within. To ask for one takes as long as to read a row of a file. */
const knownOffsets = new Map<string, Map<number, number | undefined>>();

/** How far a time zone is ahead of Greenwich at an instant, milliseconds. */
function offsetAt(at: number, timeZone: string): number {
  const known = knownOffsets.get(timeZone) ?? new Map<number, number | undefined>();
  knownOffsets.set(timeZone, known);
  const quarter = Math.floor(at / QUARTER_MS);
  if (!known.has(quarter)) {
    if (known.size >= MOST_KNOWN) known.clear();
    const [first, last] = [quarter * QUARTER_MS, (quarter + 1) * QUARTER_MS - 1];
    const offset = askedOffsetAt(first, timeZone);
    known.set(quarter, askedOffsetAt(last, timeZone) === offset ? offset : undefined);
  }
  return known.get(quarter) ?? askedOffsetAt(at, timeZone);
}

function askedOffsetAt(at: number, timeZone: string): number {
  const parts = wallClockOf(timeZone).formatToParts(at);
  const of = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
  const wall = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
  return wall - Math.floor(at / 1000) * 1000;
}

function wallClockOf(timeZone: string): Intl.DateTimeFormat {
  const known = wallClocks.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  wallClocks.set(timeZone, made);
  return made;
}

function utcDayOf(at: number): DataDate {
  const day = new Date(at);
  const digits = day.getUTCFullYear() * 10_000 + (day.getUTCMonth() + 1) * 100 + day.getUTCDate();
  return String(digits).padStart(8, '0');
}
