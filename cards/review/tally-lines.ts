import type { Tally } from '../../src/domain/item-standing.ts';
import { shownNumber } from '../dates.ts';
import { shortList } from '../short-list.ts';
import type { T } from '../text.ts';
import type { TextKey } from '../text-key.ts';

const COUNTS = {
  promoted: 'tally.promoted',
  approved: 'tally.approved',
  failed: 'tally.failed',
  inReview: 'tally.inReview',
} as const satisfies Readonly<Record<keyof Tally, TextKey>>;

/** `Stores: **3** promoted, 2 approved, 1 in review.`; what there is none of is left out. */
export function tallyLine(t: T, of: 'stores' | 'spots', tally: Tally): string {
  const parts = (['promoted', 'approved', 'failed', 'inReview'] as const).flatMap((what) =>
    tally[what] > 0 || what === 'promoted' ? [t(COUNTS[what], { count: shownNumber(t.language, tally[what]) })] : [],
  );
  const list = shortList(t.language, parts);
  return t(of === 'stores' ? 'tally.stores' : 'tally.spots', { list });
}
