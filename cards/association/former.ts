import { plain, primary } from '../buttons.ts';
import { shownDay } from '../dates.ts';
import { markdownText } from '../markdown.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';

export interface FormerModel {
  /** The ISO that they worked for, by name, and somebody who can be asked there. */
  readonly iso: string;
  readonly admin?: string | undefined;
  /** Until when they may read their own results. */
  readonly until: number;
  readonly timeZone: string;
}

/** What is left to somebody who does not work for their ISO any more: their own results for a while, and a way into another one. */
export function former({ iso, admin, until, timeZone }: FormerModel, t: T): CardView {
  const name = shorten(iso, 28);
  const date = shownDay(t.language, until, timeZone);
  return {
    title: t('former.title'),
    body: [
      markdownText(t, 'former.iso', { iso: name }),
      admin === undefined ? t('former.ask') : markdownText(t, 'former.ask.named', { name: shorten(admin, 24) }),
      t('former.results', { date }),
    ],
    actions: [
      primary(t('button.myResults'), 'review.former'),
      plain(t('button.joinAnIso'), 'association.askToJoin'),
      plain(t('button.language'), 'language.open'),
    ],
  };
}
