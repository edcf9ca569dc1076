import type { Remedy } from './reasons.ts';
import type { ReviewState } from './review-state.ts';

/** What a reviewer can say of one submitted revision (architecture 11). */
export const DECISIONS = ['APPROVED', 'REJECTED', 'PENDING', 'INVALIDATED'] as const;
export type Decision = (typeof DECISIONS)[number];

/** One row of a review file about one revision of one item. */
export interface Judgement {
  readonly revision: number;
  readonly decision: Decision;
  readonly reasonCodes: readonly string[];
  /** Milliseconds. */
  readonly decidedAt: number;
  /** Set only where the row names one; `NONE` takes both ways away. */
  readonly remedy?: Remedy | undefined;
  /** Milliseconds; where absent, `remedyDeadline` says how long. */
  readonly deadlineAt?: number | undefined;
}

/** What is known of an item when a row about it comes. */
export interface Judged {
  readonly state: ReviewState;
  /** The revision submitted last. */
  readonly revision: number;
  /** The last judgement that was applied, of whichever revision. */
  readonly judgement?: Judgement | undefined;
}

/** What becomes of a row. */
export const ROW_OUTCOMES = ['applied', 'unchanged', 'superseded', 'unmatched', 'conflict', 'malformed'] as const;
export type RowOutcome = (typeof ROW_OUTCOMES)[number];

export type Judging =
  /** `news`: the person's state of affairs is another one now, so that they are told. */
  | { readonly outcome: 'applied'; readonly state: ReviewState; readonly news: boolean }
  | { readonly outcome: Exclude<RowOutcome, 'applied' | 'malformed'>; readonly reason: string };

/**
 * Decides what a row does to an item: by revision first, then by time, so that rows in any order, and any of them again, give
 * the same state (domain A.12-6, 7, 8).
 */
export function judge(item: Judged, row: Judgement): Judging {
  if (row.revision < item.revision) return { outcome: 'superseded', reason: 'olderRevision' };
  if (row.revision > item.revision) return { outcome: 'unmatched', reason: 'revisionNotSubmitted' };
  const before = item.judgement?.revision === row.revision ? item.judgement : undefined;
  if (before !== undefined && row.decidedAt < before.decidedAt)
    return { outcome: 'superseded', reason: 'olderDecision' };
  if (before?.decidedAt === row.decidedAt) {
    return saysTheSame(before, row)
      ? { outcome: 'unchanged', reason: 'knownAlready' }
      : { outcome: 'conflict', reason: 'twoDecisionsAtOnce' };
  }
  const state = stateAfter(item.state, row.decision);
  return { outcome: 'applied', state, news: state !== item.state || !saysTheSame(before, row) };
}

/** A failure that somebody works on, or that is final, stays so when it is said again. */
function stateAfter(state: ReviewState, decision: Decision): ReviewState {
  if (decision === 'APPROVED' || decision === 'PENDING') return decision;
  const goesOn = state === 'MODIFYING' || state === 'APPEALING' || state === 'REJECTED_FINAL' || state === 'LAPSED';
  return goesOn ? state : decision;
}

function saysTheSame(one: Judgement | undefined, other: Judgement): boolean {
  if (one === undefined) return false;
  const said = ({ decision, reasonCodes, remedy, deadlineAt }: Judgement): string =>
    JSON.stringify([decision, [...reasonCodes].sort(), remedy ?? '', deadlineAt ?? 0]);
  return said(one) === said(other);
}
