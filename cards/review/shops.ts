import type { Tally } from '../../src/domain/item-standing.ts';
import type { ResultPeriod } from '../../src/domain/result-period.ts';
import { menuButton, plain } from '../buttons.ts';
import { shownDate } from '../dates.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { periodName } from './mine.ts';
import { fatesList } from './tally-lines.ts';

export interface ShopRow {
  readonly storeId: string;
  readonly shop: string;
  /** When something was sent there last, milliseconds. */
  readonly sentAt: number;
  /** How its spots stand, or, where none was sent, the shop itself. */
  readonly of: 'spots' | 'stores';
  readonly tally: Tally;
}

export interface ShopsModel {
  readonly period: ResultPeriod;
  /** The latest first. */
  readonly shops: readonly ShopRow[];
  /** What names the page after this one, where there is one. */
  readonly next?: string | undefined;
  readonly isFirst: boolean;
  readonly timeZone: string;
}

const LABEL = 20;

/** The shops in which somebody sent something in a time, one tap each. */
export function shops({ period, shops: rows, next, isFirst, timeZone }: ShopsModel, t: T): CardView {
  return {
    title: t('shops.title', { period: periodName(t, period) }),
    body: rows.length === 0 ? [t('mine.empty')] : undefined,
    facts: rows.map(({ shop, sentAt, of, tally }) => ({
      label: shop,
      value: t('shops.row', {
        date: shownDate(t.language, sentAt, timeZone),
        count: of === 'spots' ? tally.promoted : 0,
        fates: fatesList(t, tally),
      }),
    })),
    actions: [
      ...rows.map(({ storeId, shop }) => plain(shorten(shop, LABEL), 'review.shop', { shop: storeId, period })),
      ...(next === undefined ? [] : [plain(t('button.nextPage'), 'review.shops', { period, after: next })]),
      ...(isFirst ? [] : [plain(t('button.firstPage'), 'review.shops', { period })]),
      plain(t('button.back'), 'review.mine', { period }),
      menuButton(t),
    ],
  };
}
