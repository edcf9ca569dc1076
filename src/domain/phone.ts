import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js';

const LONGEST = 40;
const THAI_ZERO = 0x0e50;

/**
 * A phone number as E.164 (`+66812344821`), read as one of `country` (ISO 3166-1) unless it names its own; undefined when
 * it is none. Full-width and Thai digits are read, `00` stands for `+`; letters and extensions are not read.
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
  return validPhone(plain, home) ?? validPhone(plain.replace(/^00/, '+'), home);
}

function validPhone(plain: string, home: CountryCode | undefined): string | undefined {
  const phone = parsePhoneNumberFromString(plain, home);
  return phone?.isValid() ? phone.number : undefined;
}

/** Whether numbers of this country or region (ISO 3166-1 alpha-2) can be read. */
export function isCountry(country: string): boolean {
  return isSupportedCountry(country);
}

/** An E.164 number as DingTalk writes it: `+66-812344821` (dingtalk 3.4). */
export function mobileOf(phone: string): string {
  const parsed = parsePhoneNumberFromString(phone);
  return parsed === undefined ? phone : `+${parsed.countryCallingCode}-${parsed.nationalNumber}`;
}
