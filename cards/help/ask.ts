import { type FeeAsked, LONGEST_QUESTION } from '../../src/domain/question.ts';
import { menuButton, plain } from '../buttons.ts';
import { shownPeriod } from '../dates.ts';
import { type FieldModel, formOf } from '../form.ts';
import { escapeMarkdown, markdownText } from '../markdown.ts';
import { type ItemName, itemName } from '../review/item-name.ts';
import { dashed } from '../team/fees.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { feeName } from '../vocabulary.ts';

export const QUESTION_FIELDS = [
  { name: 'question', type: 'text', required: true, maxLength: LONGEST_QUESTION },
] as const satisfies readonly FieldModel[];

export interface AskModel {
  /** The line of the own fees that it is about; absent where it is about the work in hand. */
  readonly about?: (FeeAsked & { readonly name: ItemName }) | undefined;
}

/** *Ask your admin*: one field. */
export function askAdmin({ about }: AskModel, t: T): CardView {
  return {
    title: t('button.askAdmin'),
    body: [...(about === undefined ? [] : aboutLine(about, t)), t('question.how')],
    form: formOf(t, { step: 'question', fields: QUESTION_FIELDS, values: {} }, 'help.send', t('button.send')),
    actions: [
      about === undefined
        ? plain(t('button.help'), 'help.open')
        : plain(t('button.back'), 'review.feeLine', { line: about.line }),
      menuButton(t),
    ],
  };
}

function aboutLine({ fee, month, name }: NonNullable<AskModel['about']>, t: T): string[] {
  const of = { fee: feeName(t, { id: fee }), month: shownPeriod(t.language, dashed(month)) };
  return [escapeMarkdown(itemName(t, name)), markdownText(t, 'fees.of', of)];
}
