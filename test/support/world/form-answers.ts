import { type FormDraft, initialDraft, submittedForm } from '@field/dingtalk-sandbox/form-values';
import type { RenderedField } from '@field/dingtalk-sandbox/page-protocol';
import { fieldNamed } from '../../../src/platform/field-names.ts';

/** What a person puts into a field: text, an option's words or value, a tick. */
export type Answer = string | number | boolean | readonly string[];

/** What a client keeps of one card's forms, by the names of their fields on the phone. */
export type KeptFields = Map<string, FormDraft[string]>;

/**
 * The `form` of a tap as DingTalk's client makes it: what stands in the form, with `answers` (by label or name) over it. Throws
 * for a field or an option that is not there, as a person could not fill it in. `kept` is what this client keeps of the card's
 * earlier forms, by the names of their fields (dingtalk 4.4); it grows.
 */
export function formAnswers(
  fields: readonly RenderedField[],
  answers: Readonly<Record<string, Answer>>,
  kept: KeptFields = new Map(),
) {
  const still = [...kept].filter(([name]) => fields.some((field) => field.name === name));
  const draft: Record<string, FormDraft[string]> = { ...initialDraft(fields), ...Object.fromEntries(still) };
  for (const [key, answer] of Object.entries(answers)) {
    const field = fieldFor(fields, key);
    draft[field.name] = typed(field, answer);
  }
  for (const [name, value] of Object.entries(draft)) kept.set(name, value);
  return submittedForm(fields, draft);
}

function fieldFor(fields: readonly RenderedField[], key: string): RenderedField {
  const field =
    fields.find(({ name, label }) => fieldNamed(name) === key || label === key) ??
    fields.find(({ label }) => label.startsWith(key));
  if (!field) throw new Error(`There is no field "${key}", only: ${fields.map(({ label }) => label).join(', ')}`);
  return field;
}

function typed(field: RenderedField, answer: Answer): FormDraft[string] {
  if (typeof answer === 'boolean') return answer;
  if (typeof answer === 'object') return answer.map((one) => option(field, one));
  return field.options ? option(field, String(answer)) : String(answer);
}

function option(field: RenderedField, wanted: string): string {
  if (!field.options) return wanted;
  const found = field.options.find(({ value, text }) => value === wanted || text === wanted);
  if (!found) {
    const texts = field.options.map(({ text }) => text).join(', ');
    throw new Error(`"${field.label}" has no option "${wanted}", only: ${texts}`);
  }
  return found.value;
}
