import { menuButton, plain } from '../buttons.ts';
import { shownDay } from '../dates.ts';
import { shorten } from '../shorten.ts';
import { type PageModel, pageButtons, pageNote } from '../team/pages.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';

export interface VisitRow {
  readonly storeId: string;
  readonly shop: string;
  /** Where it is, as far as that is known. */
  readonly address: string;
  /** How many spots, or the shop itself, failed for good. */
  readonly failed: number;
  /** How many codes there nobody scanned for long. */
  readonly unscanned: number;
  /** When anything of it was sent last, milliseconds. */
  readonly sentAt: number;
}

export interface VisitsModel extends PageModel {
  readonly rows: readonly VisitRow[];
  readonly timeZone: string;
}

const LABEL = 20;
const ADDRESS = 40;

/** *Visit again*: shops whose spots failed for good, or of which nothing was sent for long. */
export function visitAgain(model: VisitsModel, t: T): CardView {
  const { rows, timeZone } = model;
  return {
    title: t('button.visitAgain'),
    body: [t(rows.length === 0 ? 'visits.none' : 'visits.what')],
    facts: rows.map((row) => ({
      label: row.shop,
      value: [whyOf(row, t, timeZone), ...(row.address === '' ? [] : [shorten(row.address, ADDRESS)])].join(' · '),
    })),
    actions: [
      ...rows.map(({ storeId, shop }) => plain(shorten(shop, LABEL), 'review.shop', { shop: storeId, period: 'all' })),
      ...pageButtons(t, model, 'review.visits'),
      plain(t('button.back'), 'review.mine'),
      menuButton(t),
    ],
    ...pageNote(t, model),
  };
}

/** The first that holds. */
function whyOf({ failed, unscanned, sentAt }: VisitRow, t: T, timeZone: string): string {
  if (failed > 0) return `✗ ${t('tally.failed', { count: failed })}`;
  if (unscanned > 0) return t('visits.unscanned', { count: unscanned });
  return t('visits.since', { date: shownDay(t.language, sentAt, timeZone) });
}
