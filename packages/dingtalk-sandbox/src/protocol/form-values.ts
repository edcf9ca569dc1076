import type { RenderedField } from './page-protocol.ts';

/** What stands in a field while it is being filled in: text, a tick, or several texts or option values. */
export type FieldValue = string | boolean | readonly string[];

/** By field name; a field that is absent was not touched and has no default. */
export type FormDraft = Readonly<Record<string, FieldValue>>;

/** A value as DingTalk sends it in a form's callback (dingtalk 4.4). */
export type SubmittedValue =
  | string
  | number
  | boolean
  | readonly string[]
  | { readonly index: number; readonly value: string }
  | { readonly index: readonly number[]; readonly value: readonly string[] };

const NUMBER = /^[+-]?\d+(\.\d+)?$/;

/** The draft of a form as drawn: its defaults, in whatever shape the server wrote them. */
export function initialDraft(fields: readonly RenderedField[]): FormDraft {
  const draft: Record<string, FieldValue> = {};
  for (const field of fields) {
    const value = defaultOf(field);
    if (value !== undefined) draft[field.name] = value;
  }
  return draft;
}

/** What a card's client keeps of its forms: the value that stood last in each field, by its type and name. */
export type KeptValues = Map<string, FieldValue>;

/**
 * The draft of a form that follows another on the same card: a value stays where the next form has a field of the same name and
 * type, whatever its default (seen live, dingtalk 9.2).
 */
export function draftAfter(fields: readonly RenderedField[], kept: KeptValues): FormDraft {
  const draft: Record<string, FieldValue> = { ...initialDraft(fields) };
  for (const field of fields) {
    const value = field.hidden || field.readOnly ? undefined : kept.get(keptUnder(field));
    if (value !== undefined) draft[field.name] = value;
  }
  return draft;
}

/** Keeps what stands in a form. */
export function keep(fields: readonly RenderedField[], draft: FormDraft, kept: KeptValues): void {
  for (const field of fields) {
    const value = draft[field.name];
    if (value !== undefined) kept.set(keptUnder(field), value);
  }
}

function keptUnder({ type, name }: RenderedField): string {
  return `${type} ${name}`;
}

function defaultOf(field: RenderedField): FieldValue | undefined {
  // A live client chooses in a list by `{index, value}` alone.
  if (/SELECT$/.test(field.type) && !isChoice(field.value)) return undefined;
  const given = unwrapChoice(field.value);
  if (given === undefined || given === null) return undefined;
  switch (field.type) {
    case 'CHECKBOX':
    case 'SWITCH':
      return given === true || given === 'true';
    case 'TEXT_ARRAY':
      return Array.isArray(given) ? given.map(String) : [String(given)];
    case 'MULTI_SELECT':
    case 'MULTI_CHECKBOX_GROUP':
      return (Array.isArray(given) ? given : [given]).map(String);
    case 'SELECT':
    case 'CHECKBOX_GROUP':
      return String(given);
    case 'DATETIME':
      return String(given).replace(' ', 'T');
    default:
      return String(given);
  }
}

function unwrapChoice(value: unknown): unknown {
  return isChoice(value) ? value.value : value;
}

function isChoice(value: unknown): value is { readonly value: unknown } {
  return typeof value === 'object' && value !== null && 'value' in value;
}

/** What a client says of a field in its own words, where the form has none. */
export interface FieldComplaints {
  readonly needed: string;
  readonly digits: string;
}

/** What is wrong with a draft, by field name; empty when it may be sent. */
export function problemsOf(
  fields: readonly RenderedField[],
  draft: FormDraft,
  say: FieldComplaints,
): Readonly<Record<string, string>> {
  const problems: Record<string, string> = {};
  for (const field of fields) {
    const value = draft[field.name];
    if (isEmpty(field, value)) {
      if (field.required) problems[field.name] = field.requiredMsg || say.needed;
    } else if (field.type === 'NUMBER' && !NUMBER.test(String(value).trim())) {
      problems[field.name] = say.digits;
    }
  }
  return problems;
}

function isEmpty(field: RenderedField, value: FieldValue | undefined): boolean {
  // A switch always says something: off is an answer.
  if (field.type === 'SWITCH') return false;
  if (value === undefined || value === false) return true;
  if (typeof value === 'string') return value.trim() === '';
  return Array.isArray(value) && value.every((one) => String(one).trim() === '');
}

/** The `form` of a form's tap: DingTalk's value shapes, optional fields nobody touched left out. */
export function submittedForm(
  fields: readonly RenderedField[],
  draft: FormDraft,
): Readonly<Record<string, SubmittedValue>> {
  const form: Record<string, SubmittedValue> = {};
  for (const field of fields) {
    const value = submittedValue(field, draft[field.name]);
    if (value !== undefined) form[field.name] = value;
  }
  return form;
}

function submittedValue(field: RenderedField, value: FieldValue | undefined): SubmittedValue | undefined {
  if (field.type === 'SWITCH') return value === true;
  if (value === undefined) return undefined;
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return submittedList(field, value);
  switch (field.type) {
    case 'NUMBER':
      return value.trim() === '' ? undefined : Number(value);
    case 'SELECT': {
      const index = (field.options ?? []).findIndex((option) => option.value === value);
      return index < 0 ? undefined : { index, value };
    }
    case 'DATETIME':
      return value.replace('T', ' ');
    default:
      return value;
  }
}

function submittedList(field: RenderedField, values: readonly string[]): SubmittedValue {
  if (field.type === 'TEXT_ARRAY') return values.filter((one) => one.trim() !== '');
  const chosen = (field.options ?? [])
    .map((option, index) => ({ index, value: option.value }))
    .filter((option) => values.includes(option.value));
  if (field.type === 'MULTI_CHECKBOX_GROUP') return chosen.map((option) => option.value);
  return { index: chosen.map((option) => option.index), value: chosen.map((option) => option.value) };
}
