import type { ResultPeriod } from '../../src/domain/result-period.ts';
import { menuButton, plain } from '../buttons.ts';
import { shownDate } from '../dates.ts';
import { shorten } from '../shorten.ts';
import { type PageModel, pageButtons, pageNote } from '../team/pages.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { itemPlace } from './item-name.ts';
import { howItStands, type ItemRow, otherName } from './list.ts';

export interface ResultShopModel extends PageModel {
  /** In whose list it stands: where `Back` leads. */
  readonly period: ResultPeriod;
  readonly storeId: string;
  readonly shop: string;
  readonly rows: readonly (ItemRow & { readonly submittedAt: number })[];
  readonly now: number;
  readonly timeZone: string;
}

const LABEL = 20;

/** A shop, with everything that somebody sent of it, approved or not: how each stands, when it was sent, one tap each. */
export function resultShop(model: ResultShopModel, t: T): CardView {
  const { period, storeId, shop, rows, timeZone } = model;
  const nameOf = (row: ItemRow): string => (row.name.kind === 'store' ? t('shop.itself') : itemPlace(t, row.name));
  return {
    title: shorten(shop, 30),
    facts: rows.map((row) => ({
      label: nameOf(row),
      value: `${howItStands(t, row, model)} · ${shownDate(t.language, row.submittedAt, timeZone)}${otherName(row)}`,
    })),
    actions: [
      ...rows.map((row) => plain(shorten(nameOf(row), LABEL), 'review.open', { item: row.itemRef })),
      ...pageButtons(t, model, 'review.shop', { period, shop: storeId }),
      plain(t('button.back'), 'review.shops', { period }),
      menuButton(t),
    ],
    ...pageNote(t, model),
  };
}
