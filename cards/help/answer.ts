import { LONGEST_QUESTION } from '../../src/domain/question.ts';
import { menuButton } from '../buttons.ts';
import { type FieldModel, formOf } from '../form.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { type TalkModel, talkFacts } from './talk.ts';

export const ANSWER_FIELDS = [
  { name: 'answer', type: 'text', required: true, maxLength: LONGEST_QUESTION },
] as const satisfies readonly FieldModel[];

/** *Question from Nok*, with a field for the answer. */
export function answerQuestion(model: Omit<TalkModel, 'answers'>, t: T): CardView {
  return {
    title: t('question.title', { name: shorten(model.name, 12) }),
    body: [],
    facts: talkFacts({ ...model, answers: [] }, t),
    form: formOf(
      t,
      { step: 'answer', ref: `${model.asked.length}`, fields: ANSWER_FIELDS, values: {} },
      'help.answer',
      t('button.send'),
    ),
    actions: [menuButton(t)],
  };
}
