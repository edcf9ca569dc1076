import { type FieldDefinition, type FieldName, type FormPart, fieldsOf, type StepId, stepOf } from './definition.ts';
import type { Draft, Problem, RawValue, RawValues, SpotKey } from './draft.ts';
import { answerOf, answersOf, spotOf } from './lookup.ts';
import { asShown } from './read-field.ts';
import { answerAs, nameAs } from './roles.ts';

/** One form of the draft. */
export interface FormRef {
  readonly step: StepId;
  readonly spot?: SpotKey | undefined;
  readonly part: FormPart;
}

/** What a form's card shows: its fields, what stands in each, and what was wrong with what was typed. */
export interface ShownForm {
  readonly fields: readonly FieldDefinition[];
  readonly values: RawValues;
  readonly problems: readonly Problem[];
}

/** The name under which a form's typed values are kept. */
export function formKey({ step, spot, part }: FormRef): string {
  return `${step}:${spot ?? ''}:${part}`;
}

/** The fields that a form has now; none when there is no such form. */
export function fieldsOfForm(draft: Draft, { step, spot, part }: FormRef): readonly FieldDefinition[] {
  const definition = stepOf(draft, step);
  if (definition.repeats !== (spotOf(draft, spot) !== undefined)) return [];
  if (!definition.repeats && spot !== undefined) return [];
  return fieldsOf(definition, part, draft.spots[0]?.key === spot);
}

/** A form as it stands: what was typed and refused before what is saved, before what is known. */
export function formOf(draft: Draft, form: FormRef): ShownForm {
  const fields = fieldsOfForm(draft, form);
  const typed = draft.typed[formKey(form)];
  const values: Partial<Record<FieldName, RawValue>> = {};
  for (const field of fields) values[field.name] = typed?.values[field.name] ?? knownValue(draft, form, field);
  return { fields, values, problems: typed?.problems ?? [] };
}

/** What stands in a field before anything is typed into it: the answer, what the bot knows, or nothing. */
export function knownValue(draft: Draft, form: FormRef, field: FieldDefinition): RawValue {
  if (field.is === 'howMany') return String(Math.max(1, draft.spots.length));
  const answer = answersOf(draft, form.step, form.spot)[field.name];
  if (answer !== undefined) return asShown(answer);
  const linked = field.prefill && answerOf(draft, field.prefill.step, field.prefill.field);
  const known = draft.prefill[field.name] ?? (linked === undefined ? undefined : asShown(linked));
  return known ?? field.initial ?? (field.type === 'yesNo' ? 'false' : '');
}

/** Whether every question of a form is answered. */
export function formIsComplete(draft: Draft, form: FormRef): boolean {
  const fields = fieldsOfForm(draft, form);
  const answers = answersOf(draft, form.step, form.spot);
  return fields.every(({ required, firstSpotOnly, mustAgree, name }) => {
    if (!required || firstSpotOnly) return true;
    return mustAgree ? answers[name] === true : answers[name] !== undefined;
  });
}

/** ISO 3166-1 code of the shop's country or region: as answered, else as known; empty when neither. */
export function countryOf(draft: Draft): string {
  const answered = answerAs(draft, 'country');
  return typeof answered === 'string' ? answered : (draft.prefill[nameAs(draft, 'country')] ?? '');
}
