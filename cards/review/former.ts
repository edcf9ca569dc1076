import { menuButton } from '../buttons.ts';
import { markdownText } from '../markdown.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { type EarningTally, resultsTable } from './mine.ts';

export interface FormerResultsModel {
  readonly iso: string;
  readonly stores: EarningTally;
  readonly spots: EarningTally;
}

/** Own results and fee counts at the ISO that somebody worked for, in numbers: nothing of its shops. */
export function formerResults({ iso, stores, spots }: FormerResultsModel, t: T): CardView {
  return {
    title: t('formerResults.title'),
    body: [markdownText(t, 'formerResults.of', { iso: shorten(iso, 20) })],
    table: resultsTable(t, stores, spots),
    actions: [menuButton(t)],
    note: t('result.late'),
  };
}
