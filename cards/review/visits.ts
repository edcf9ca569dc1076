import { menuButton, plain } from '../buttons.ts';
import { shownDay } from '../dates.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';

export interface VisitRow {
  readonly storeId: string;
  readonly shop: string;
  /** Where it is, as far as that is known. */
  readonly address: string;
  /** How many spots, or the shop itself, failed for good. */
  readonly failed: number;
  /** How many codes there nobody scanned for long; not asked where enough shops come before. */
  readonly unscanned: number;
  /** When anything of it was sent last, milliseconds. */
  readonly sentAt: number;
}

export interface VisitsModel {
  readonly rows: readonly VisitRow[];
  /** The page after this one, where there is one. */
  readonly next?: number | undefined;
  readonly isFirst: boolean;
  readonly timeZone: string;
}

const LABEL = 20;
const ADDRESS = 40;

/** *Visit again*: shops whose spots failed for good, or of which nothing was sent for long. */
export function visitAgain({ rows, next, isFirst, timeZone }: VisitsModel, t: T): CardView {
  return {
    title: t('button.visitAgain'),
    body: [t(rows.length === 0 ? 'visits.none' : 'visits.what')],
    facts: rows.map((row) => ({
      label: row.shop,
      value: [whyOf(row, t, timeZone), ...(row.address === '' ? [] : [shorten(row.address, ADDRESS)])].join(' · '),
    })),
    actions: [
      ...rows.map(({ storeId, shop }) => plain(shorten(shop, LABEL), 'review.shop', { shop: storeId, period: 'all' })),
      ...(next === undefined ? [] : [plain(t('button.nextPage'), 'review.visits', { page: String(next) })]),
      ...(isFirst ? [] : [plain(t('button.firstPage'), 'review.visits')]),
      plain(t('button.back'), 'review.mine'),
      menuButton(t),
    ],
  };
}

/** The first that holds. */
function whyOf({ failed, unscanned, sentAt }: VisitRow, t: T, timeZone: string): string {
  if (failed > 0) return `✗ ${t('tally.failed', { count: failed })}`;
  if (unscanned > 0) return t('visits.unscanned', { count: unscanned });
  return t('visits.since', { date: shownDay(t.language, sentAt, timeZone) });
}
