import { type Moves, statesBefore } from './moves.ts';

/** The review of one submitted item: a store, a spot, a POSM or an inspection (domain A.11). */
export type ReviewState =
  | 'PENDING'
  | 'APPROVED'
  | 'REJECTED'
  | 'INVALIDATED'
  | 'MODIFYING'
  | 'APPEALING'
  | 'REJECTED_FINAL'
  | 'LAPSED';

const ROW = 'a review row';
const AGAIN = 'a review row, or its store is promoted again';
const BEGUN = 'the person';
const TIME = 'its deadline';

/**
 * What may follow. A reviewer may decide again at any time, so a later row leads from every state to APPROVED and to PENDING; an
 * item that a row puts back under review keeps its open appeal, whose answer counts still.
 */
export const REVIEW_MOVES = {
  NEW: { PENDING: 'the person submits it' },
  PENDING: {
    APPROVED: 'a review row, or its appeal is accepted',
    REJECTED: ROW,
    INVALIDATED: ROW,
    APPEALING: 'a review row says that it failed, and its appeal is open',
    REJECTED_FINAL: 'its appeal is denied',
  },
  APPROVED: { PENDING: ROW, REJECTED: ROW, INVALIDATED: ROW },
  REJECTED: {
    PENDING: AGAIN,
    APPROVED: ROW,
    INVALIDATED: ROW,
    MODIFYING: BEGUN,
    APPEALING: BEGUN,
    LAPSED: TIME,
  },
  INVALIDATED: {
    PENDING: AGAIN,
    APPROVED: ROW,
    REJECTED: ROW,
    MODIFYING: BEGUN,
    APPEALING: BEGUN,
    LAPSED: TIME,
  },
  MODIFYING: {
    PENDING: 'the person sends the next revision, a review row, or its store is promoted again',
    APPROVED: ROW,
    REJECTED: 'the person gives the modification up',
    INVALIDATED: 'the person gives the modification up',
    LAPSED: TIME,
  },
  APPEALING: {
    PENDING: AGAIN,
    APPROVED: 'a review row, or its appeal is accepted',
    REJECTED: 'the person withdraws the appeal, or it is accepted after a later row that rejected',
    INVALIDATED: 'the person withdraws the appeal, or it is accepted after a later row that invalidated',
    REJECTED_FINAL: 'its appeal is denied',
    LAPSED: 'its deadline, if the appeal was not sent',
  },
  REJECTED_FINAL: { PENDING: AGAIN, APPROVED: ROW },
  LAPSED: { PENDING: AGAIN, APPROVED: ROW },
} as const satisfies Moves<ReviewState>;

/** What lapses at its deadline; of an appeal that is so only while it is not sent, which its item does not know. */
export const LAPSING: readonly ReviewState[] = statesBefore(REVIEW_MOVES, 'LAPSED').filter(
  (state) => state !== 'APPEALING',
);

/** Whether the person can still do something about it: it failed, and neither a remedy nor its deadline is over. */
export function isFailed(state: ReviewState): boolean {
  return state === 'REJECTED' || state === 'INVALIDATED';
}
