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

/** What programmes call the fields that are about a person, and those that are about something else: a shop may be called as its owner. */
export interface NamesOfFields {
  readonly personal: ReadonlySet<string>;
  readonly others: ReadonlySet<string>;
}

/** Whether a contact stands anywhere in a value where something may be said of people. */
export function holdsContact(value: unknown, isContact: (text: string) => boolean, fields: NamesOfFields): boolean {
  if (typeof value === 'string') return isContact(value);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(
    ([name, inner]) => !isOfNobody(name, fields) && holdsContact(inner, isContact, fields),
  );
}

/** A value without a contact: whatever is asked of people beside it goes too, since it is said of the same ones. */
export function withoutContact(value: unknown, isContact: (text: string) => boolean, fields: NamesOfFields): unknown {
  if (typeof value === 'string') return isContact(value) ? '' : value;
  if (Array.isArray(value)) return value.map((inner) => withoutContact(inner, isContact, fields));
  if (typeof value !== 'object' || value === null) return value;
  const asked = Object.entries(value).filter(([name]) => !isOfNobody(name, fields));
  const names = asked.some(([, inner]) => typeof inner === 'string' && isContact(inner));
  const without = asked.map(([name, inner]) => [
    name,
    names && (CONTACT_FIELDS.includes(name) || fields.personal.has(name))
      ? ''
      : withoutContact(inner, isContact, fields),
  ]);
  return { ...value, ...Object.fromEntries(without) };
}

/** Our own names for things and people say who they are by no name of theirs, and are no contact even where they read like one. */
const OWN_NAMES = /(?:Id|Ref|Key|By)$/;

function isOfNobody(name: string, { personal, others }: NamesOfFields): boolean {
  return OWN_NAMES.test(name) || (others.has(name) && !personal.has(name));
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
