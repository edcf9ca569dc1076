import { type FieldModel, type FormModel, formOf, problemLines } from '../form.ts';
import { languageButtons } from '../language.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';

/** The three questions of the guide, in its words. */
export const JOIN_FIELDS = [
  { name: 'isoEmail', type: 'text', required: true, maxLength: 100 },
  { name: 'name', type: 'text', required: true, maxLength: 60 },
  { name: 'phone', type: 'phone', required: true, maxLength: 30 },
] as const satisfies readonly FieldModel[];

export type JoinFormModel = Pick<FormModel, 'values' | 'problems'>;

/** *Join your ISO*: the first card of anyone unknown, with the languages below it. */
export function joinForm(model: JoinFormModel, t: T): CardView {
  const form: FormModel = { ...model, step: 'join', fields: JOIN_FIELDS };
  const mistake = problemLines(t, form);
  return {
    title: t('join.title'),
    body: mistake.length > 0 ? mistake : [t('join.once'), t('join.kept'), t('join.seenBy')],
    form: formOf(t, form, 'association.send', t('button.send')),
    actions: languageButtons(t.language),
    note: t('join.noFields'),
  };
}
