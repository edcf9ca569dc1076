import type { Product } from '../../src/domain/flows/definition.ts';
import type { Tally } from '../../src/domain/item-standing.ts';
import { menuButton, plain, primary } from '../buttons.ts';
import { shownNumber } from '../dates.ts';
import type { T } from '../text.ts';
import type { TextKey } from '../text-key.ts';
import type { CardChart, CardView } from '../view.ts';
import { productName } from '../vocabulary.ts';

/** How far back: the last 7 days, or the last 30. */
export type Period = 'week' | 'month';

export type EarningTally = Tally & { readonly feeEligible: number };

export interface MyResultsModel {
  readonly period: Period;
  readonly stores: EarningTally;
  readonly spots: EarningTally;
  /** Items that failed, whenever they were sent. */
  readonly failed: number;
  /** Open items of colleagues that this person has in hand: they are in no number here, and in the list of all. */
  readonly ofColleagues: number;
  /** The first product of the menu: what to begin with. */
  readonly product?: Product | undefined;
}

export const PERIODS: Readonly<Record<Period, TextKey>> = { week: 'mine.week', month: 'mine.month' };

const ROWS = ['promoted', 'approved', 'failed', 'inReview', 'feeEligible'] as const;
const ROW_NAMES: Readonly<Record<(typeof ROWS)[number], TextKey>> = {
  promoted: 'mine.row.promoted',
  approved: 'mine.row.approved',
  failed: 'mine.row.failed',
  inReview: 'mine.row.inReview',
  feeEligible: 'mine.row.feeEligible',
};

/** *My results*: how what was sent stands, in numbers and as a small chart. */
export function myResults({ period, stores, spots, failed, ofColleagues, product }: MyResultsModel, t: T): CardView {
  const isEmpty = stores.promoted + spots.promoted === 0;
  const other = period === 'week' ? 'month' : 'week';
  const start = product === undefined ? [] : [primary(productName(t, product), 'menu.product', { product })];
  const list =
    failed > 0 ? [primary(t('mine.failed', { count: failed }), 'review.list', { of: 'failed', page: '1' })] : [];
  const all = plain(t('mine.all'), 'review.list', { of: period, page: '1' });
  const change = plain(t(PERIODS[other]), 'review.mine', { period: other });
  return {
    title: t('mine.title', { period: t(PERIODS[period]) }),
    ...(isEmpty ? howToBegin(t) : numbers(t, stores, spots)),
    actions: [
      ...list,
      ...(isEmpty && failed === 0 ? start : []),
      ...(isEmpty && ofColleagues === 0 ? [] : [all]),
      change,
      plain(t('button.fees'), 'review.fees'),
      menuButton(t),
    ],
    note: t('result.late'),
  };
}

function howToBegin(t: T): Pick<CardView, 'body'> {
  return { body: [t('mine.empty'), t('mine.howTo')] };
}

function numbers(t: T, stores: EarningTally, spots: EarningTally): Pick<CardView, 'table' | 'chart'> {
  return { table: resultsTable(t, stores, spots), chart: chartOf(t, spots.promoted > 0 ? spots : stores) };
}

/** How many stores and spots were promoted, how they stand, and for how many there is a fee. */
export function resultsTable(t: T, stores: EarningTally, spots: EarningTally): CardView['table'] {
  const said = (count: number): string => shownNumber(t.language, count);
  return {
    columns: [t('mine.what'), t('mine.stores'), t('mine.spots')],
    rows: ROWS.map((row) => [t(ROW_NAMES[row]), said(stores[row]), said(spots[row])]),
  };
}

/** How the spots stand; where there is none, the stores. In the order in which charts have blue, green and red, as cards have …, ✓ and ✗. */
function chartOf(t: T, tally: Tally): CardChart {
  const points = (['inReview', 'approved', 'failed'] as const).map((what) => ({
    x: t(ROW_NAMES[what]),
    y: tally[what],
  }));
  return { type: 'histogram', points };
}
