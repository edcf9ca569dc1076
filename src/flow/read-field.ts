import { parseAmount, plainDigits } from '../domain/amount.ts';
import { parseEmail } from '../domain/email.ts';
import { parsePhone } from '../domain/phone.ts';
import type { FieldDefinition, FieldName } from './definition.ts';
import type { AnswerValue, Problem, RawValue } from './draft.ts';

/** Longer text is cut before it is kept: no form can show it again. */
const LONGEST_KEPT = 2_000;
const MOST_CHOICES = 60;

export type FieldReading<Name extends string = FieldName> =
  | { readonly ok: true; readonly value: AnswerValue | undefined }
  | { readonly ok: false; readonly problem: Problem<Name> };

/** What reading a field needs to know of it, whichever form it stands in. */
export type Readable<Name extends string = FieldName> = Omit<FieldDefinition, 'name' | 'part' | 'personal'> & {
  readonly name: Name;
};

/** Any value that came in as what a form can show again, or undefined when it is nothing of the kind. */
export function asRawValue(value: unknown): RawValue | undefined {
  if (typeof value === 'string') return value.slice(0, LONGEST_KEPT).replace(/\p{Cs}/gu, '\ufffd');
  if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) return String(value);
  if (!Array.isArray(value)) return undefined;
  const texts = value.filter((item): item is string => typeof item === 'string');
  return texts.slice(0, MOST_CHOICES).map((text) => text.slice(0, LONGEST_KEPT));
}

/** A saved answer as its form shows it. */
export function asShown(value: AnswerValue): RawValue {
  return typeof value === 'object' ? value : String(value);
}

/** Reads one field of a form; an empty optional one is no answer. Numbers of phones are read as of `country`. */
export function readField<Name extends string>(
  field: Readable<Name>,
  raw: RawValue,
  country: string,
): FieldReading<Name> {
  if (field.type === 'choices') return readChoices(field, typeof raw === 'string' ? [raw] : raw);
  const text = cleaned(typeof raw === 'string' ? raw : (raw[0] ?? ''));
  if (field.type === 'yesNo') return readYesNo(field, text);
  if (text === '') return field.required ? refused(field, 'required') : { ok: true, value: undefined };
  switch (field.type) {
    case 'text':
      return readText(field, text);
    case 'choice':
      return field.options?.includes(text) ? { ok: true, value: text } : refused(field, 'notAChoice');
    case 'number':
      return readNumber(field, text);
    case 'phone':
      return found(field, parsePhone(text, country), 'notAPhone');
    case 'contact':
      return found(field, text.includes('@') ? parseEmail(text) : parsePhone(text, country), 'notAPhoneOrEmail');
    case 'date':
      return found(field, isDate(text) ? text : undefined, 'notADate');
  }
}

function readText<Name extends string>(field: Readable<Name>, text: string): FieldReading<Name> {
  const { maxLength } = field;
  if (maxLength !== undefined && Array.from(text).length > maxLength) return refused(field, 'tooLong', maxLength);
  return { ok: true, value: text };
}

function readChoices<Name extends string>(field: Readable<Name>, values: readonly string[]): FieldReading<Name> {
  const chosen = [...new Set(values.filter((value) => value !== ''))];
  if (chosen.some((value) => !field.options?.includes(value))) return refused(field, 'notAChoice');
  if (chosen.length === 0) return field.required ? refused(field, 'required') : { ok: true, value: undefined };
  return { ok: true, value: chosen };
}

/** A box that was never touched is not sent by the client: it is a no. */
function readYesNo<Name extends string>(field: Readable<Name>, text: string): FieldReading<Name> {
  const yes = text === 'true';
  return field.mustAgree && !yes ? refused(field, 'mustAgree') : { ok: true, value: yes };
}

function readNumber<Name extends string>(field: Readable<Name>, text: string): FieldReading<Name> {
  const plain = plainDigits(text);
  const value = field.isAmount ? parseAmount(plain) : parseWhole(plain);
  if (value === undefined) return refused(field, field.isAmount ? 'notAnAmount' : 'notANumber');
  if (field.max !== undefined && value > field.max) return refused(field, 'tooHigh', field.max);
  if (field.min !== undefined && value < field.min) return refused(field, 'tooLow', field.min);
  return { ok: true, value };
}

function parseWhole(plain: string): number | undefined {
  return /^[+-]?\d{1,9}(\.0+)?$/.test(plain) ? Number(plain) + 0 : undefined;
}

function isDate(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)?.map(Number) ?? [];
  if (year === undefined || month === undefined || day === undefined || month < 1 || month > 12) return false;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  return day >= 1 && day <= days;
}

function found<Name extends string>(
  field: Readable<Name>,
  value: string | undefined,
  problem: Problem['code'],
): FieldReading<Name> {
  return value === undefined ? refused(field, problem) : { ok: true, value };
}

function refused<Name extends string>(
  field: Readable<Name>,
  code: Problem['code'],
  limit?: number,
): FieldReading<Name> {
  return { ok: false, problem: { code, field: field.name, limit } };
}

/** One line: control characters and runs of space become one space. */
function cleaned(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
}
