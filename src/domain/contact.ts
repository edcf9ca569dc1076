import { parseEmail } from './email.ts';

/** What is asked of people in a shop, by the names that it has in every programme: whoever manages it, and whom to reach about it. */
const CONTACT_FIELDS = ['managerName', 'contactName', 'contactPhoneOrEmail'];
/** Digits of a phone that tell it from others, whatever country and zeros are written before them. */
export const TELLING_DIGITS = 8;
const PHONE = /^[+\d\s().-]+$/;

/** Whether a text is this contact: the same e-mail or phone however it is written, or the same name. */
export function contactNamed(typed: string): (text: string) => boolean {
  const email = parseEmail(typed);
  if (email !== undefined) return (text) => parseEmail(text) === email;
  if (isPhone(typed)) {
    const telling = digitsOf(typed).slice(-TELLING_DIGITS);
    return (text) => PHONE.test(text) && digitsOf(text).slice(-TELLING_DIGITS) === telling;
  }
  const name = folded(typed);
  return (text) => folded(text) === name;
}

/** Whether a contact stands anywhere in a value. */
export function holdsContact(value: unknown, isContact: (text: string) => boolean): boolean {
  if (typeof value === 'string') return isContact(value);
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some((inner) => holdsContact(inner, isContact));
}

/**
 * A value without a contact: whatever is asked of people beside it goes too, since it is said of the same ones. `personal`: what programmes
 * call such fields.
 */
export function withoutContact(
  value: unknown,
  isContact: (text: string) => boolean,
  personal: ReadonlySet<string>,
): unknown {
  if (typeof value === 'string') return isContact(value) ? '' : value;
  if (Array.isArray(value)) return value.map((inner) => withoutContact(inner, isContact, personal));
  if (typeof value !== 'object' || value === null) return value;
  const names = Object.values(value).some((inner) => typeof inner === 'string' && isContact(inner));
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      names && (CONTACT_FIELDS.includes(name) || personal.has(name)) ? '' : withoutContact(inner, isContact, personal),
    ]),
  );
}

/** Whether a text is a phone no. that tells whose it is. */
export function isPhone(text: string): boolean {
  return PHONE.test(text) && digitsOf(text).length >= TELLING_DIGITS;
}

export function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}

/** As names are compared. */
export function folded(text: string): string {
  return text.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
}
