import { createHash } from 'node:crypto';
import { AppError } from '@field/kit/errors';
import { type Asking, nameOnPhone } from '../src/platform/field-names.ts';
import type { FormValue } from '../src/platform/update.ts';
import { shorten } from './shorten.ts';
import type { TemplateVariableName } from './template/variables.ts';
import type { CardForm, CardFormField } from './view.ts';

const FORM_BYTES = 8 * 1024;
const FIELDS = 7;
const OPTIONS = 60;
/** How much of a typed text comes back in its field; less and less until the form fits. */
const TYPED = [2000, 1000, 500, 250];

/**
 * A short hash of a form field's value, to know at tap time what the person left as it was drawn: a field whose value has
 * the hash in `base` is no answer (architecture 4). An empty field and an absent one are the same.
 */
export function fieldHash(value: FormValue | undefined): string {
  const plain = value === undefined || value.length === 0 ? '' : value;
  return shortHash(plain);
}

interface Drawn {
  readonly subject: string;
  readonly version: string;
  /** How many forms of its card were answered before. */
  readonly round: number;
}

/** The form's variables; throws `bug.unexpected` when it has too many fields or options, or cannot fit into 8 KB. */
export function formParams(form: CardForm, drawn: Drawn): Partial<Record<TemplateVariableName, string>> {
  if (form.fields.length > FIELDS)
    throw new AppError('bug.unexpected', { action: form.action, fields: form.fields.length });
  const asking = { form: formId(form, drawn.subject), round: drawn.round };
  const fields = fitting(form, asking);
  const base = fields.map((field) => [field.name, fieldHash(drawnValue(field))] as const);
  return {
    has_form: 'yes',
    form: formJson(fields, asking),
    form_btn_text: shorten(form.submitLabel, 40),
    form_mistake: shorten(form.mistake ?? '', 40),
    form_status: 'normal',
    form_action: form.action,
    form_subject: drawn.subject,
    form_version: drawn.version,
    form_base: JSON.stringify(Object.fromEntries(base)),
    form_extra: JSON.stringify({ ...form.params, round: `${drawn.round}` }),
  };
}

/** Tells a form from every other that its card may show. */
function formId({ action, step, params }: CardForm, subject: string): string {
  return shortHash([subject, action, step, params ?? {}]);
}

function shortHash(of: unknown): string {
  return createHash('sha256').update(JSON.stringify(of)).digest('hex').slice(0, 8);
}

function formJson(fields: readonly CardFormField[], asking: Asking): string {
  return JSON.stringify({ fields: fields.map((field) => dingTalkField(field, asking)) });
}

function fitting(form: CardForm, asking: Asking): readonly CardFormField[] {
  for (const limit of TYPED) {
    const fields = form.fields.map((field) => withTypedUpTo(field, limit));
    if (Buffer.byteLength(formJson(fields, asking)) <= FORM_BYTES) return fields;
  }
  throw new AppError('bug.unexpected', { action: form.action, formTooBig: FORM_BYTES });
}

function withTypedUpTo(field: CardFormField, limit: number): CardFormField {
  return typeof field.value === 'string' ? { ...field, value: shorten(field.value, limit) } : field;
}

/** What a person sees in the field when it is drawn, in the shape in which a tap brings it back. */
function drawnValue(field: CardFormField): FormValue | undefined {
  const chosen = (value: string): boolean => field.options?.some((option) => option.value === value) ?? false;
  switch (field.type) {
    case 'CHECKBOX':
      return field.value;
    case 'SELECT':
      return typeof field.value === 'string' && chosen(field.value) ? field.value : undefined;
    case 'MULTI_SELECT':
      return typeof field.value === 'object' ? field.value.filter(chosen) : undefined;
    default:
      return typeof field.value === 'string' ? field.value : undefined;
  }
}

/** A field in DingTalk's own words (dingtalk 4.4). */
function dingTalkField(field: CardFormField, asking: Asking): object {
  const { name, label, type, required, requiredMessage, placeholder, options } = field;
  if (options !== undefined && options.length > OPTIONS) {
    throw new AppError('bug.unexpected', { field: name, options: options.length });
  }
  const value = defaultValue(field);
  return {
    name: nameOnPhone(name, asking),
    label,
    type,
    required: required === true ? true : undefined,
    requiredMsg: requiredMessage,
    placeholder,
    options: options?.map((option) => ({ value: option.value, text: option.text })),
    defaultValue: value,
  };
}

function defaultValue(field: CardFormField): unknown {
  const value = drawnValue(field);
  if (value === undefined || value.length === 0) return undefined;
  const place = (chosen: string): number => (field.options ?? []).findIndex((option) => option.value === chosen);
  switch (field.type) {
    case 'CHECKBOX':
      return value === 'true';
    case 'NUMBER':
      return Number.isFinite(Number(value)) ? Number(value) : undefined;
    case 'SELECT':
      return typeof value === 'string' ? { index: place(value), value } : undefined;
    case 'MULTI_SELECT':
      return typeof value === 'string' ? undefined : { index: value.map(place), value };
    default:
      return value;
  }
}
