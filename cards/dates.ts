import { type Language, LOCALES } from '../src/domain/languages.ts';

/** Where a day is written otherwise than by the short name of its weekday and month: `T3, 24/11`. */
const DAYS: Readonly<Partial<Record<Language, Pick<Intl.DateTimeFormatOptions, 'weekday' | 'month'>>>> = {
  vi: { weekday: 'narrow', month: 'numeric' },
};

function dayParts(language: Language): Intl.DateTimeFormatOptions {
  return { day: 'numeric', month: DAYS[language]?.month ?? 'short' };
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(language: Language, timeZone: string, kind: 'date' | 'time'): Intl.DateTimeFormat {
  const key = `${language} ${timeZone} ${kind}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const parts: Intl.DateTimeFormatOptions =
    kind === 'date'
      ? { weekday: DAYS[language]?.weekday ?? 'short', ...dayParts(language) }
      : { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
  // hours and minutes have a colon everywhere, as phones show them: Indonesian would have a point, which a line may end behind
  const locale = kind === 'date' ? LOCALES[language] : 'en-GB';
  const made = new Intl.DateTimeFormat(locale, { ...parts, timeZone });
  formats.set(key, made);
  return made;
}

/** `Tue 24 Nov`, `11月24日周二`, `อ. 24 พ.ย.`: the calendar day of an instant in a time zone. */
export function shownDate(language: Language, at: number, timeZone: string): string {
  return format(language, timeZone, 'date').format(at).replace(',', '');
}

/** `18:00`, in 24 hours. */
export function shownTime(language: Language, at: number, timeZone: string): string {
  return format(language, timeZone, 'time').format(at);
}

/** `3 May`: a day long past, without its weekday. */
export function shownDay(language: Language, at: number, timeZone: string): string {
  return new Intl.DateTimeFormat(LOCALES[language], { ...dayParts(language), timeZone }).format(at);
}

/** A number as that language writes it. */
export function shownNumber(language: Language, value: number): string {
  return new Intl.NumberFormat(LOCALES[language]).format(value);
}

/** A decimal number in plain digits (`-1204.50`) as that language writes it, with so many digits behind its point; exact, however long. */
export function shownDecimal(language: Language, text: string, digits: number): string {
  const written = new Intl.NumberFormat(LOCALES[language], {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return written.format(text as `${number}`);
}

/** `November`, `11月`, `พฤศจิกายน`: a month (`2026-11`) by its name. */
export function shownMonth(language: Language, month: string): string {
  return new Intl.DateTimeFormat(LOCALES[language], { month: 'long', timeZone: 'UTC' }).format(
    Date.parse(`${month}-15`),
  );
}

/** `November 2026`, `October – December 2026`, `2026`: a month (`2026-11`), a quarter (`2026-Q4`) or a year. */
export function shownPeriod(language: Language, period: string): string {
  const [year = '', part] = period.split('-');
  const parts = part === undefined ? ({ year: 'numeric' } as const) : ({ month: 'long', year: 'numeric' } as const);
  const written = new Intl.DateTimeFormat(LOCALES[language], { ...parts, timeZone: 'UTC' });
  const middleOf = (month: number): number => Date.UTC(Number(year), month - 1, 15);
  if (part?.startsWith('Q') !== true) return written.format(middleOf(Number(part ?? 1)));
  const last = Number(part.slice(1)) * 3;
  return written.formatRange(middleOf(last - 2), middleOf(last));
}
