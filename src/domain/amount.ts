const LONGEST = 40;
/** At most nine digits before the decimals, of which there are at most two. */
const PLAIN = /^(\d{1,9})(?:[.,](\d{1,2}))?$/;
/** In groups of three, by one mark throughout; the decimals stand behind another one. */
const GROUPED = /^([1-9]\d{0,2}([.,' ])\d{3}(?:\2\d{3})?)(?:(?!\2)[.,](\d{1,2}))?$/;
/** Thousands here, three decimals there: nothing says which. */
const TWO_READINGS = /^\d{1,3}\.\d{3}$/;
/** `฿`, `THB`, `บาท`, `Rs.` before or behind it. */
const MONEY = /^(?:\p{Sc}|\p{L}{1,5}\.?)?\s*([\d.,' ]+?)\s*(?:\p{Sc}|[\p{L}\p{M}]{1,6}\.?)?$/u;

/**
 * An amount of money as people write it: `35.5`, `35,50`, `1,250`, `1.250,50`, `฿120`, `120 บาท`. Three digits behind a comma, a
 * blank or an apostrophe are thousands. Undefined for what has no one reading, such as `1.250`. `text` holds digits of 0 to 9.
 */
export function parseAmount(text: string): number | undefined {
  if (text.length > LONGEST) return undefined;
  const [, written = ''] =
    MONEY.exec(
      text
        .trim()
        .replace(/[\u00a0\u2009\u202f]/g, ' ')
        .replaceAll('\u2019', "'"),
    ) ?? [];
  const plain = PLAIN.exec(written);
  if (plain !== null) return amountOf(plain[1], plain[2]);
  const grouped = GROUPED.exec(written);
  return grouped === null || TWO_READINGS.test(written)
    ? undefined
    : amountOf(grouped[1]?.replace(/\D/g, ''), grouped[3]);
}

/** Digits of Thai and of full width, as phones type them, as 0 to 9. */
export function plainDigits(text: string): string {
  return text.normalize('NFKC').replace(/[๐-๙]/g, (digit) => String(digit.charCodeAt(0) - 0x0e50));
}

function amountOf(whole = '', decimals = '0'): number {
  return Number(`${whole}.${decimals}`);
}
