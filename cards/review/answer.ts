import { menuButton, plain } from '../buttons.ts';
import { escapeMarkdown } from '../markdown.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { type ItemName, itemName } from './item-name.ts';
import { quotedWords, type Words } from './words.ts';

/** What the reviewer answered to an appeal: a record. */
export interface AppealAnswerModel {
  readonly name: ItemName;
  readonly itemRef: string;
  readonly accepted: boolean;
  readonly words?: Words | undefined;
}

/** *✓ Appeal accepted*, *✗ Appeal not accepted*: with the reviewer's own words. */
export function appealAnswer({ name, itemRef, accepted, words }: AppealAnswerModel, t: T): CardView {
  return {
    title: t(accepted ? 'history.appealAccepted' : 'history.appealDenied'),
    alert: escapeMarkdown(itemName(t, name)),
    body: [
      `**${escapeMarkdown(itemName(t, name))}**`,
      ...(words === undefined ? [] : [quotedWords(t, words)]),
      t(accepted ? 'appeal.accepted' : 'appeal.denied'),
    ],
    actions: [plain(t('button.view'), 'review.open', { item: itemRef }), menuButton(t)],
  };
}
