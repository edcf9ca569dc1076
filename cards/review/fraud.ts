import { menuButton } from '../buttons.ts';
import { escapeMarkdown, markdownText } from '../markdown.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { type ItemName, itemName } from './item-name.ts';
import { quotedWords, type Words } from './words.ts';

/** What only the admin is told of (domain A.10): a record. */
export interface FraudSuspectedModel {
  readonly name: ItemName;
  /** The promoter. */
  readonly who: string;
  readonly words?: Words | undefined;
}

/** *! Fraud suspected*. */
export function fraudSuspected({ name, who, words }: FraudSuspectedModel, t: T): CardView {
  return {
    title: t('fraud.title'),
    body: [
      `**${escapeMarkdown(itemName(t, name))}** · ${escapeMarkdown(who)}`,
      ...(words === undefined ? [] : [quotedWords(t, words)]),
      markdownText(t, 'fraud.talk', { name: who }),
    ],
    actions: [menuButton(t)],
  };
}
