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

/**
 * `Spots: 3 promoted, 2 approved, 1 in review.`; what there is none of is left out. What was sent again was promoted on another day:
 * `Spots: 2 new, 1 again, 3 approved.`
 */
export function tallyLine(t: T, of: 'stores' | 'spots', { again = 0, ...tally }: Tally): string {
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
  const list = shortList(t.language, [...sent, ...fates]);
  return t(of === 'stores' ? 'tally.stores' : 'tally.spots', { list });
}
