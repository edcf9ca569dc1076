import { type Language, LOCALES } from '../src/domain/languages.ts';

const KILOMETRE = 1_000;

/** `450 m`, `1.2 km`, `12 กม.` */
export function shownDistance(language: Language, metres: number): string {
  const isFar = metres >= KILOMETRE;
  const format = new Intl.NumberFormat(LOCALES[language], {
    style: 'unit',
    unit: isFar ? 'kilometer' : 'meter',
    unitDisplay: 'short',
    maximumFractionDigits: isFar && metres < 10 * KILOMETRE ? 1 : 0,
  });
  return format.format(isFar ? metres / KILOMETRE : metres);
}
