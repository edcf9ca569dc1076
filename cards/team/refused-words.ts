import { menuButton } from '../buttons.ts';
import { markdownText } from '../markdown.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';

/** What admins are told once when DingTalk would not show a card to somebody, or in a group, for a word on it. */
export interface RefusedWordsModel {
  /** The person's, or the group's, which may have none. */
  readonly name: string;
  readonly inGroup: boolean;
}

/** *A card was not shown*: whose, and what helps. The word itself is not repeated, or this card would not be shown either. */
export function refusedWords({ name, inGroup }: RefusedWordsModel, t: T): CardView {
  const whose = inGroup
    ? markdownText(t, 'refusedWords.inGroup', { name: name || t('groups.unnamed') })
    : markdownText(t, 'refusedWords.whose', { name });
  return {
    title: t('refusedWords.title'),
    body: [whose, t('refusedWords.what')],
    actions: [menuButton(t)],
  };
}
