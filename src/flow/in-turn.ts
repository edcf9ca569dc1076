import { withNote } from './change.ts';
import type { FieldName } from './definition.ts';
import type { Draft, Overtaken, RawValue } from './draft.ts';

type Field = FieldName | 'code';

const MOST_OVERTAKEN = 20;

/** Whether a later answer to this field is there already. */
export function isOvertaken({ answeredAt = {} }: Draft, form: string, field: Field, at: number): boolean {
  return (answeredAt[form]?.[field] ?? at) > at;
}

/** Whether anything in this form was answered later. */
export function isFormOvertaken({ answeredAt = {} }: Draft, form: string, at: number): boolean {
  return Object.values(answeredAt[form] ?? {}).some((answered = at) => answered > at);
}

/** Notes when these fields were answered; without a time nothing is noted. */
export function answeredNow(draft: Draft, form: string, fields: readonly Field[], at: number | undefined): Draft {
  if (at === undefined || fields.length === 0) return draft;
  const answered = { ...draft.answeredAt?.[form], ...Object.fromEntries(fields.map((field) => [field, at])) };
  return { ...draft, answeredAt: { ...draft.answeredAt, [form]: answered } };
}

/** The draft with what came too late: kept as typed, and said on the next card. */
export function withOvertaken(draft: Draft, late: Overtaken): Draft {
  const overtaken = [...(draft.overtaken ?? []), late].slice(-MOST_OVERTAKEN);
  const { form, field, typed } = late;
  return withNote({ ...draft, overtaken }, { code: 'answerLate', typed: { form, field, typed } });
}

export function sameRaw(one: RawValue | undefined, other: RawValue | undefined): boolean {
  return JSON.stringify(one ?? '') === JSON.stringify(other ?? '');
}
