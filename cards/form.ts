import type { FormValue } from '../src/bot/update.ts';
import { markdownText } from './markdown.ts';
import type { T, TextArgs } from './text.ts';
import type { CardForm, CardFormField } from './view.ts';

/** A field as a flow defines it; photos and codes are asked for in the chat and stand in no form. */
export interface FieldModel {
  readonly id: string;
  readonly type: 'text' | 'choice' | 'choices' | 'yesNo' | 'number' | 'phone' | 'date';
  readonly required?: boolean;
  readonly options?: readonly string[];
  readonly maxLength?: number;
}

/** What was wrong with an answer; its text is `problem.<code>`. */
export interface ProblemModel {
  readonly field?: string;
  readonly code: string;
  readonly args?: TextArgs;
}

/**
 * A form of one step: its fields, what stands in them (also what was typed and refused), and what was wrong. Texts are found
 * by convention: `field.<step>.<field>.label`, `.placeholder` where there is one, and `option.<field>.<value>`.
 */
export interface FormModel {
  readonly step: string;
  readonly fields: readonly FieldModel[];
  readonly values: Readonly<Record<string, FormValue>>;
  readonly problems?: readonly ProblemModel[];
}

/** From here on a text gets a field of several lines. */
const LONG_TEXT = 200;

/** The form of a step, every field with its label; `(optional)` is said, required is the rule. */
export function formOf(t: T, model: FormModel, action: string, submitLabel: string): CardForm {
  return { action, submitLabel, fields: model.fields.map((field) => fieldOf(t, model, field)) };
}

/** The first mistake, with its field's label, as a line of markdown; none when nothing was wrong. */
export function problemLines(t: T, model: Pick<FormModel, 'step' | 'problems'>): string[] {
  const [first] = model.problems ?? [];
  if (first === undefined) return [];
  const sentence = problemText(t, first);
  if (first.field === undefined) return [`! ${sentence}`];
  return [`! **${t.named(`field.${model.step}.${first.field}.label`)}**: ${sentence}`];
}

/** What was wrong and what to do now, as markdown. */
export function problemText(t: T, { code, args }: ProblemModel): string {
  const key = `problem.${code}`;
  return t.has(key) ? markdownText(t, key, args) : t.named(key);
}

function fieldOf(t: T, model: FormModel, field: FieldModel): CardFormField {
  const label = t.named(`field.${model.step}.${field.id}.label`);
  const placeholder = `field.${model.step}.${field.id}.placeholder`;
  const required = field.required === true;
  const value = model.values[field.id];
  return {
    name: field.id,
    label: required || field.type === 'yesNo' ? label : t('form.optional', { label }),
    type: cardType(field),
    ...(required && { required, requiredMessage: t('form.required', { label }) }),
    ...(t.has(placeholder) && { placeholder: t(placeholder) }),
    ...(value !== undefined && { value }),
    ...(field.options !== undefined && {
      options: field.options.map((option) => ({ value: option, text: t.named(`option.${field.id}.${option}`) })),
    }),
  };
}

function cardType({ type, maxLength }: FieldModel): CardFormField['type'] {
  switch (type) {
    case 'choice':
      return 'SELECT';
    case 'choices':
      return 'MULTI_SELECT';
    case 'yesNo':
      return 'CHECKBOX';
    case 'number':
      return 'NUMBER';
    case 'date':
      return 'DATE';
    case 'phone':
      return 'TEXT';
    case 'text':
      return maxLength !== undefined && maxLength > LONG_TEXT ? 'TEXT_AREA' : 'TEXT';
  }
}
