import { type FormDraft, initialDraft, submittedForm } from '@field/dingtalk-sandbox/form-values';
import type { RenderedField } from '@field/dingtalk-sandbox/page-protocol';

/** What a person puts into a field: text, an option's words or value, a tick. */
export type Answer = string | number | boolean | readonly string[];

/**
 * The `form` of a tap as DingTalk's client makes it: what stands in the form, with `answers` (by label or name) over it. Throws
 * for a field or an option that is not there, as a person could not fill it in.
 */
export function formAnswers(fields: readonly RenderedField[], answers: Readonly<Record<string, Answer>>) {
  const draft: Record<string, FormDraft[string]> = { ...initialDraft(fields) };
  for (const [key, answer] of Object.entries(answers)) {
    const field = fieldFor(fields, key);
    draft[field.name] = typed(field, answer);
  }
  return submittedForm(fields, draft);
}

function fieldFor(fields: readonly RenderedField[], key: string): RenderedField {
  const field =
    fields.find(({ name, label }) => name === key || label === key) ??
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
