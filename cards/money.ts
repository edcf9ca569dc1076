import { minorDigits } from '../src/domain/currency.ts';
import type { Language } from '../src/domain/languages.ts';
import { decimalText, type Money } from '../src/domain/money.ts';
import { shownDecimal } from './dates.ts';
import { plainList } from './short-list.ts';

/**
 * `1,204.50 THB`, `−20.50 THB`: every minor unit of it, in the numerals of that language. With the sign that is a minus: a hyphen at the
 * beginning would be taken for that of a list.
 */
export function shownMoney(language: Language, money: Money): string {
  const digits = minorDigits(money.currency) ?? 0;
  return `${shownDecimal(language, decimalText(money), digits).replace('-', '−')} ${money.currency}`;
}

/** `1,204.50 THB, 7 JPY`: what amounts come to, by currency in the order of their codes; empty where there are none. */
export function shownSums(language: Language, minor: ReadonlyMap<string, number>): string {
  const sums = [...minor].sort(([one], [other]) => (one < other ? -1 : 1));
  return plainList(
    language,
    sums.map(([currency, sum]) => shownMoney(language, { currency, minor: sum })),
  );
}
