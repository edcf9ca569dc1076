import type { FieldDefinition } from '../src/domain/flows/definition.ts';
import type { FormValue } from '../src/platform/update.ts';
import type { Action } from './actions.ts';
import { markdownText } from './markdown.ts';
import { type ProblemModel, problemText } from './problems.ts';
import { shortList } from './short-list.ts';
import type { T } from './text.ts';
import type { CardForm, CardFormField } from './view.ts';
import { fieldLabel, fieldPlaceholder, optionText, type WordedOptions } from './vocabulary.ts';

/** A field as a flow defines it; forms outside a flow have fields of their own names. */
export interface FieldModel
  extends Pick<FieldDefinition, 'type' | 'required' | 'maxLength' | 'options' | 'label' | 'is' | 'words' | 'isAmount'>,
    WordedOptions {
  readonly name: string;
  /** What is in the other fields decides whether it is needed: it may be empty, and yet is not called optional. */
  readonly sometimes?: boolean | undefined;
}

/**
 * A form of one step: its fields, what stands in them (also what was typed and refused), and what was wrong. The texts of fields and
 * options are those of the vocabulary, by step and name.
 */
export interface FormModel {
  readonly step: string;
  /** Names the form in its tap: an answer finds its form, whatever card it was on. */
  readonly ref?: string | undefined;
  readonly fields: readonly FieldModel[];
  readonly values: Readonly<Record<string, FormValue | undefined>>;
  readonly problems?: readonly ProblemModel[] | undefined;
}

/** From here on a text gets a field of several lines. */
const LONG_TEXT = 255;

/** The form of a step, every field with its label; `(optional)` is said of what is never missed, required is the rule. */
export function formOf(t: T, model: FormModel, action: Action, submitLabel: string): CardForm {
  return {
    action,
    step: model.step,
    submitLabel,
    ...fieldsOf(t, model),
    params: model.ref === undefined ? undefined : { form: model.ref },
  };
}

/** What of a form is the same wherever it is filled in: its fields in words, and which of them to look at. */
export function fieldsOf(t: T, model: FormModel): Pick<CardForm, 'mistake' | 'fields'> {
  return { mistake: mistakeBeside(t, model), fields: model.fields.map((field) => fieldOf(t, model, field)) };
}

/** The first mistake, with its field's label, as a line of markdown, and the other fields' labels; none when nothing was wrong. */
export function problemLines(t: T, model: Pick<FormModel, 'step' | 'fields' | 'problems'>): string[] {
  const labelled = (model.problems ?? []).map((problem) => {
    const field = model.fields.find(({ name }) => name === problem.field);
    return { problem, label: field === undefined ? '' : fieldLabel(t, model.step, field) };
  });
  const [first, ...others] = labelled;
  if (first === undefined) return [];
  const sentence = problemText(t, first.problem);
  const also = others.flatMap(({ label }) => (label === '' ? [] : [label]));
  const listed = shortList(t.language, also);
  return [
    `! ${first.label === '' ? sentence : t('said.of', { name: `**${first.label}**`, said: sentence })}`,
    ...(also.length > 0 ? [markdownText(t, 'form.also', { fields: listed })] : []),
  ];
}

/** Where a thumb is when a form comes back: at its button. */
function mistakeBeside(t: T, { step, fields, problems = [] }: FormModel): string | undefined {
  const wrong = fields.filter(({ name }) => problems.some(({ field }) => field === name));
  if (wrong.length === 0) return undefined;
  return t('form.lookAt', {
    fields: shortList(
      t.language,
      wrong.map((field) => fieldLabel(t, step, field)),
    ),
  });
}

function fieldOf(t: T, model: FormModel, field: FieldModel): CardFormField {
  const label = fieldLabel(t, model.step, field);
  const problem = model.problems?.find((one) => one.field === field.name);
  const placeholder = fieldPlaceholder(t, model.step, field);
  // A box that is not ticked is an answer too: what must be ticked is checked when the form comes back.
  const box = field.type === 'yesNo';
  const needed = field.required && !box;
  const value = model.values[field.name];
  return {
    name: field.name,
    label: withProblem(t, field.required || field.sometimes || box ? label : t('form.optional', { label }), problem),
    type: cardType(field),
    required: needed ? true : undefined,
    requiredMessage: needed ? t('form.required', { label }) : undefined,
    placeholder,
    value,
    options: field.options?.map((option) => ({ value: option, text: optionText(t, field, option) })),
  };
}

/** What is wrong stands at the field too: a client keeps the place that one has scrolled to. */
function withProblem(t: T, label: string, problem: ProblemModel | undefined): string {
  return problem === undefined ? label : t('form.wrong', { label, said: problemText(t, problem) });
}

function cardType({ type, maxLength, isAmount }: FieldModel): CardFormField['type'] {
  switch (type) {
    case 'choice':
      return 'SELECT';
    case 'choices':
      return 'MULTI_SELECT';
    case 'yesNo':
      return 'CHECKBOX';
    case 'number':
      // a client's field for numbers refuses `1,250` and `฿120` before we can read them
      return isAmount === true ? 'TEXT' : 'NUMBER';
    case 'date':
      return 'DATE';
    case 'phone':
    case 'contact':
      return 'TEXT';
    case 'text':
      return maxLength !== undefined && maxLength > LONG_TEXT ? 'TEXT_AREA' : 'TEXT';
  }
}

/** An answer as one reads it: of a choice its words, of a tick its sign; what is no option stays as it was typed. */
export function shownAnswer(
  t: T,
  field: Pick<FieldModel, 'name' | 'type' | 'options' | 'is' | 'words'>,
  value: string,
): string {
  const { type, options } = field;
  if (value === '') return value;
  if (type === 'yesNo') return value === 'true' ? '✓' : '✗';
  return type === 'choice' && options?.includes(value) !== false ? optionText(t, field, value) : value;
}
