import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js';

const LONGEST = 40;

/** A phone number as E.164 (`+66812344821`), read as one of `country` unless it names its own; undefined when it is none. */
export function parsePhone(typed: string, country: string): string | undefined {
  if (typed.length > LONGEST) return undefined;
  const home: CountryCode | undefined = isSupportedCountry(country) ? country : undefined;
  const phone = parsePhoneNumberFromString(typed.normalize('NFKC'), home);
  return phone?.isValid() ? phone.number : undefined;
}
