import { type Remedy, remediesFor } from './reasons.ts';
import { isFailed, LAPSING, type ReviewState } from './review-state.ts';

/** How something that was submitted stands, in the three words that numbers are given in. */
export type Standing = 'approved' | 'failed' | 'inReview';

interface Deadlined {
  readonly state: ReviewState;
  /** Until when a failure can be put right, milliseconds. */
  readonly deadlineAt?: number | undefined;
}

/**
 * A failure lapses at its deadline, whether or not anybody has noted it yet (domain A.12-18), and so does what was begun about it
 * and not sent: a modification, or an appeal if it is `unsent`.
 */
export function stateAt({ state, deadlineAt }: Deadlined, now: number, unsent = false): ReviewState {
  const canLapse = LAPSING.includes(state) || (state === 'APPEALING' && unsent);
  return canLapse && deadlineAt !== undefined && deadlineAt <= now ? 'LAPSED' : state;
}

/** What the person may begin now, what is `advised` first; nothing once it lapsed or while one is under way. */
export function openRemedies(
  item: Deadlined & {
    readonly judgement?: { readonly remedy?: Remedy | undefined } | undefined;
  },
  now: number,
  advised: Remedy = 'APPEAL',
): readonly Exclude<Remedy, 'NONE'>[] {
  if (!isFailed(stateAt(item, now))) return [];
  return remediesFor(advised, item.judgement?.remedy);
}

export function standingOf(state: ReviewState): Standing {
  switch (state) {
    case 'APPROVED':
      return 'approved';
    case 'PENDING':
    case 'APPEALING':
      return 'inReview';
    case 'REJECTED':
    case 'INVALIDATED':
    case 'MODIFYING':
    case 'REJECTED_FINAL':
    case 'LAPSED':
      return 'failed';
  }
}

interface Reviewed {
  readonly state: ReviewState;
  readonly judgement?: object | undefined;
}

/** A spot counts with what stands there: failed where either is. A POSM that no row named follows its spot (domain A.12-4). */
export function spotStanding(spot: Reviewed, posm: Reviewed | undefined): Standing {
  const own = standingOf(spot.state);
  const other = posm?.judgement === undefined ? own : standingOf(posm.state);
  if (own === 'failed' || other === 'failed') return 'failed';
  return own === 'approved' && other === 'approved' ? 'approved' : 'inReview';
}

/** How many there are, and how they stand. */
export interface Tally {
  readonly promoted: number;
  readonly approved: number;
  readonly failed: number;
  readonly inReview: number;
  /** How many of those that were promoted had been sent before and were sent again. Absent where that is not asked, or none was. */
  readonly again?: number | undefined;
}

export function tallyOf(standings: readonly Standing[]): Tally {
  const count = (wanted: Standing): number => standings.filter((standing) => standing === wanted).length;
  return {
    promoted: standings.length,
    approved: count('approved'),
    failed: count('failed'),
    inReview: count('inReview'),
  };
}
