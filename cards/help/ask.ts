import { LONGEST_QUESTION } from '../../src/domain/question.ts';
import { menuButton, plain } from '../buttons.ts';
import { type FieldModel, formOf } from '../form.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';

export const QUESTION_FIELDS = [
  { name: 'question', type: 'text', required: true, maxLength: LONGEST_QUESTION },
] as const satisfies readonly FieldModel[];

/** *Ask your admin*: one field. */
export function askAdmin(_model: object, t: T): CardView {
  return {
    title: t('button.askAdmin'),
    body: [t('question.how')],
    form: formOf(t, { step: 'question', fields: QUESTION_FIELDS, values: {} }, 'help.send', t('button.send')),
    actions: [plain(t('button.help'), 'help.open'), menuButton(t)],
  };
}
