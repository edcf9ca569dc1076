import { acted, closed, withoutTyped, withSpot } from './change.ts';
import { type FieldName, stepOf } from './definition.ts';
import type { Answers, AnswerValue, Draft, Outcome, Problem, RawValue } from './draft.ts';
import { countryOf, type FormRef, fieldsOfForm, formKey, formOf } from './form.ts';
import { asRawValue, readField } from './read-field.ts';
import { reconciled } from './reconcile.ts';
import { resizedSpots } from './spots.ts';

/** A form that was sent: its values by field name, in any shape; a field that is absent is unchanged. */
export interface FormInput extends FormRef {
  readonly values: Readonly<Record<string, unknown>>;
}

/**
 * Takes a form. What is absent keeps what the form showed; unknown fields are left out. All is saved, or nothing: a form
 * with a problem is kept as typed, and comes back with all of it. Never refused for age.
 */
export function answer(draft: Draft, input: FormInput): Outcome {
  const fields = fieldsOfForm(draft, input);
  if (fields.length === 0) return { draft, problems: [{ code: 'nothingThere' }] };
  const shown = formOf(draft, input).values;
  const raw: Partial<Record<FieldName, RawValue>> = {};
  const read: Partial<Record<FieldName, AnswerValue | undefined>> = {};
  const problems: Problem[] = [];
  for (const field of fields) {
    const given = Object.hasOwn(input.values, field.name) ? asRawValue(input.values[field.name]) : undefined;
    const value = given ?? shown[field.name] ?? '';
    raw[field.name] = value;
    const reading = readField(field, value, countryOf(draft));
    if (reading.ok) read[field.name] = reading.value;
    else problems.push(reading.problem);
  }
  const begun = acted(draft);
  const key = formKey(input);
  if (problems.length > 0) {
    const kept = { ...begun, typed: { ...begun.typed, [key]: { values: raw, problems } } };
    return { draft: reconciled(draft, kept), problems };
  }
  const saved = withoutTyped(save(begun, input, read), (other) => other === key);
  return { draft: reconciled(draft, leftForm(saved, input)), problems: [] };
}

function save(draft: Draft, form: FormRef, read: Partial<Record<FieldName, AnswerValue | undefined>>): Draft {
  const { step, spot } = form;
  if (spot === undefined) return { ...draft, answers: { ...draft.answers, [step]: merged(draft.answers[step], read) } };
  const next = withSpot(draft, spot, (old) => ({ ...old, answers: merged(old.answers, read) }));
  const { howMany } = read;
  return typeof howMany === 'number' && stepOf(draft, step).repeats ? resizedSpots(next, howMany) : next;
}

/** An answer that was emptied is gone. */
function merged(old: Answers | undefined, read: Partial<Record<FieldName, AnswerValue | undefined>>): Answers {
  const all = Object.entries({ ...old, ...read });
  return Object.fromEntries(all.filter(([, value]) => value !== undefined));
}

/** A re-opened form that was saved is left. */
function leftForm(draft: Draft, form: FormRef): Draft {
  const part = draft.opened?.part;
  const isThis = part?.kind === 'form' && formKey(part) === formKey(form);
  return isThis ? closed(draft) : draft;
}
