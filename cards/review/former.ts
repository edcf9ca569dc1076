import type { Tally } from '../../src/domain/item-standing.ts';
import { menuButton } from '../buttons.ts';
import { shownNumber } from '../dates.ts';
import { markdownText } from '../markdown.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { TALLY_NAMES } from './tally-lines.ts';

export type EarningTally = Tally & { readonly feeEligible: number };

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

const ROWS = ['promoted', 'approved', 'failed', 'inReview', 'feeEligible'] as const;

/** How many stores and spots were promoted, how they stand, and for how many there is a fee. */
function resultsTable(t: T, stores: EarningTally, spots: EarningTally): CardView['table'] {
  const said = (count: number): string => shownNumber(t.language, count);
  return {
    columns: [t('mine.what'), t('mine.stores'), t('mine.spots')],
    rows: ROWS.map((row) => [
      t(row === 'feeEligible' ? 'mine.row.feeEligible' : TALLY_NAMES[row]),
      said(stores[row]),
      said(spots[row]),
    ]),
  };
}
