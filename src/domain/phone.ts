import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js';

const LONGEST = 40;
const THAI_ZERO = 0x0e50;

/**
 * A phone number as E.164 (`+66812344821`), read as one of `country` (ISO 3166-1) unless it names its own; undefined when
 * it is none. Full-width and Thai digits are read, letters and extensions are not.
 */
export function parsePhone(typed: string, country: string): string | undefined {
  if (typed.length > LONGEST) return undefined;
  const plain = typed
    .normalize('NFKC')
    .replace(/[๐-๙]/g, (digit) => String(digit.charCodeAt(0) - THAI_ZERO))
    .replace(/\p{Cf}/gu, '')
    .trim();
  if (!/^[+\d\s().\-‐-–/]+$/.test(plain)) return undefined;
  const home: CountryCode | undefined = isSupportedCountry(country) ? country : undefined;
  const phone = parsePhoneNumberFromString(plain, home);
  return phone?.isValid() ? phone.number : undefined;
}
