import { menuButton } from '../buttons.ts';
import { markdownText } from '../markdown.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';

/** What admins are told once when DingTalk would not show a card of somebody's, for a word on it. */
export interface RefusedWordsModel {
  readonly name: string;
}

/** *A card was not shown*: whose, and what helps. The word itself is not repeated, or this card would not be shown either. */
export function refusedWords({ name }: RefusedWordsModel, t: T): CardView {
  return {
    title: t('refusedWords.title'),
    body: [markdownText(t, 'refusedWords.whose', { name }), t('refusedWords.what')],
    actions: [menuButton(t)],
  };
}
