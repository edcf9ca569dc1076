import type { Tally } from '../../src/domain/item-standing.ts';
import { shownNumber } from '../dates.ts';
import type { T } from '../text.ts';

/** `Stores: **3** promoted, 2 approved, 1 in review.`; what there is none of is left out. */
export function tallyLine(t: T, of: 'stores' | 'spots', tally: Tally): string {
  const parts = (['promoted', 'approved', 'failed', 'inReview'] as const).flatMap((what) =>
    tally[what] > 0 || what === 'promoted' ? [t(`tally.${what}`, { count: shownNumber(t.language, tally[what]) })] : [],
  );
  const list = new Intl.ListFormat(t.language, { type: 'unit', style: 'short' }).format(parts);
  return t(`tally.${of}`, { list });
}
