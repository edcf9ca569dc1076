import type { Tally } from '../../src/domain/item-standing.ts';
import { shownNumber } from '../dates.ts';
import { shortList } from '../short-list.ts';
import type { T } from '../text.ts';
import type { TextKey } from '../text-key.ts';

const COUNTS = {
  promoted: 'tally.promoted',
  new: 'tally.new',
  again: 'tally.again',
  approved: 'tally.approved',
  failed: 'tally.failed',
  inReview: 'tally.inReview',
} as const satisfies Readonly<Record<string, TextKey>>;

/** How a row of a table is called that counts them. */
export const TALLY_NAMES = {
  promoted: 'mine.row.promoted',
  approved: 'mine.row.approved',
  failed: 'mine.row.failed',
  inReview: 'mine.row.inReview',
} as const satisfies Readonly<Record<string, TextKey>>;

const WHAT = {
  stores: 'tally.stores',
  spots: 'tally.spots',
  posms: 'tally.posms',
  spotsAndPosms: 'tally.spotsAndPosms',
} as const satisfies Readonly<Record<string, TextKey>>;

/**
 * `Spots: 3 promoted, 2 approved, 1 in review.`; what there is none of is left out. What was sent again was promoted on another day:
 * `Spots: 2 new, 1 again, 3 approved.`
 */
export function tallyLine(t: T, of: keyof typeof WHAT, { again = 0, ...tally }: Tally): string {
  const count = (what: keyof typeof COUNTS, many: number): string =>
    t(COUNTS[what], { count: shownNumber(t.language, many) });
  const fates = (['approved', 'failed', 'inReview'] as const).flatMap((what) =>
    tally[what] > 0 ? [count(what, tally[what])] : [],
  );
  const fresh = tally.promoted - again;
  const sent =
    again === 0
      ? [count('promoted', tally.promoted)]
      : [...(fresh > 0 ? [count('new', fresh)] : []), count('again', again)];
  return t(WHAT[of], { list: shortList(t.language, [...sent, ...fates]) });
}

/** `2 approved, 1 in review`. */
export function fatesList(t: T, tally: Tally): string {
  const fates = (['approved', 'failed', 'inReview'] as const).filter((what) => tally[what] > 0);
  return shortList(
    t.language,
    fates.map((what) => t(COUNTS[what], { count: shownNumber(t.language, tally[what]) })),
  );
}
