import type { RowOutcome } from '../../src/domain/review-decision.ts';
import { shortList } from '../short-list.ts';
import type { T } from '../text.ts';
import type { TextKey } from '../text-key.ts';

/** How many rows of a file became what. */
export type Outcomes = Readonly<Partial<Record<RowOutcome, number>>>;

const SAID = {
  applied: 'file.new',
  unchanged: 'file.same',
  superseded: 'file.older',
  unmatched: 'cameIn.notUnderstood',
  malformed: 'file.unreadable',
} as const satisfies Readonly<Partial<Record<RowOutcome, TextKey>>>;

/** What there is to look at comes first. */
const ORDER = ['applied', 'unmatched', 'malformed', 'unchanged', 'superseded'] as const;

/** `12 new, 1 not known here, 3 as before`: what there is none of is left out, and what contradicts is not known either. */
export function outcomesSaid(outcomes: Outcomes, t: T): string {
  return shortList(t.language, partsOf(outcomes, t));
}

/** As much of it as stands in a row of a list. */
export function outcomesInShort(outcomes: Outcomes, t: T): string {
  return shortList(t.language, partsOf(outcomes, t).slice(0, 2));
}

function partsOf({ conflict = 0, unmatched = 0, ...others }: Outcomes, t: T): readonly string[] {
  const outcomes = { ...others, unmatched: unmatched + conflict };
  return ORDER.flatMap((outcome) => {
    const count = outcomes[outcome] ?? 0;
    return count > 0 ? [t(SAID[outcome], { count })] : [];
  });
}
