import { menuButton, plain } from '../buttons.ts';
import { shownDate } from '../dates.ts';
import { escapeMarkdown, markdownText } from '../markdown.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { type ItemName, itemName } from './item-name.ts';

/** A revision that was sent again: a record. */
export interface ResentModel {
  readonly name: ItemName;
  readonly revision: number;
  /** The day from which a result can be there. */
  readonly resultsFrom: number;
  readonly timeZone: string;
}

/** *✓ Sent again (2nd time)*. */
export function resent({ name, revision, resultsFrom, timeZone }: ResentModel, t: T): CardView {
  const date = shownDate(t.language, resultsFrom, timeZone);
  return {
    title: t('resent.title', { revision }),
    tag: { text: t('itemState.PENDING'), tone: 'info' },
    body: [`**${escapeMarkdown(itemName(t, name))}**`, markdownText(t, 'submitted.results', { date })],
    actions: [plain(t('button.myResults'), 'review.mine', { period: 'week' }), menuButton(t)],
    note: t('submitted.fee'),
  };
}
