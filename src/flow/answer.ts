import { acted, closed, withoutTyped, withSpot } from './change.ts';
import { type FieldDefinition, type FieldName, stepOf } from './definition.ts';
import type { Answers, AnswerValue, Draft, Outcome, Overtaken, Problem, RawValue } from './draft.ts';
import { countryOf, type FormRef, fieldsOfForm, formKey, formOf } from './form.ts';
import { answeredNow, isFormOvertaken, isOvertaken, sameRaw, withOvertaken } from './in-turn.ts';
import { asRawValue, readField } from './read-field.ts';
import { reconciled } from './reconcile.ts';
import { nameAs } from './roles.ts';
import { resizedSpots } from './spots.ts';

/** A form that was sent: its values by field name, in any shape; a field that is absent is unchanged. */
export interface FormInput extends FormRef {
  readonly values: Readonly<Record<string, unknown>>;
  /** When it was tapped, milliseconds: what was answered later stays. */
  readonly at?: number | undefined;
}

/**
 * Takes a form. What is absent keeps what the form showed; unknown fields are left out. All is saved, or nothing: a form
 * with a problem is kept as typed, and comes back with all of it. Never refused for age: of one that comes after a later answer, each
 * field that was answered since stays, and what was typed into it is kept beside.
 */
export function answer(draft: Draft, input: FormInput): Outcome {
  const fields = fieldsOfForm(draft, input);
  if (fields.length === 0) return { draft, problems: [{ code: 'nothingThere' }] };
  const { at } = input;
  const key = formKey(input);
  const isLate = at !== undefined && isFormOvertaken(draft, key, at);
  const { given, overtaken } = inTurn(draft, input, fields);
  if (isLate && Object.keys(given).length === 0) return { draft: overtaken.reduce(withOvertaken, draft), problems: [] };
  const shown = formOf(draft, input).values;
  const raw: Partial<Record<FieldName, RawValue>> = {};
  const read: Partial<Record<FieldName, AnswerValue | undefined>> = {};
  const problems: Problem[] = [];
  for (const field of fields) {
    const value = given[field.name] ?? shown[field.name] ?? '';
    raw[field.name] = value;
    const reading = readField(field, value, countryOf(draft));
    if (reading.ok) read[field.name] = reading.value;
    else problems.push(reading.problem);
  }
  const noted = fields.flatMap(({ name }) => (Object.hasOwn(given, name) ? [name] : []));
  const begun = overtaken.reduce(withOvertaken, answeredNow(acted(draft), key, noted, at));
  if (problems.length > 0) {
    const kept = { ...begun, typed: { ...begun.typed, [key]: { values: raw, problems } } };
    return { draft: reconciled(draft, kept), problems };
  }
  const saved = withoutTyped(save(begun, input, read), (other) => other === key);
  return { draft: reconciled(draft, isLate ? saved : leftForm(saved, input)), problems: [] };
}

/** What of a form counts, and what a later answer to the same field has overtaken; the same again is neither. */
function inTurn(draft: Draft, input: FormInput, fields: readonly FieldDefinition[]) {
  const { at, values } = input;
  const form = formKey(input);
  const shown = formOf(draft, input).values;
  const given: Partial<Record<FieldName, RawValue>> = {};
  const overtaken: Overtaken[] = [];
  for (const { name: field } of fields) {
    const typed = Object.hasOwn(values, field) ? asRawValue(values[field]) : undefined;
    if (typed === undefined) continue;
    if (at === undefined || !isOvertaken(draft, form, field, at)) given[field] = typed;
    else if (!sameRaw(typed, shown[field])) overtaken.push({ form, field, typed, at });
  }
  return { given, overtaken };
}

function save(draft: Draft, form: FormRef, read: Partial<Record<FieldName, AnswerValue | undefined>>): Draft {
  const { step, spot } = form;
  if (spot === undefined) return { ...draft, answers: { ...draft.answers, [step]: merged(draft.answers[step], read) } };
  const next = withSpot(draft, spot, (old) => ({ ...old, answers: merged(old.answers, read) }));
  const howMany = read[nameAs(draft, 'howMany')];
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
