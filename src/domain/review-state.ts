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

const APPROVES = 'a row approves it';
const REJECTS = 'a row rejects it';
const INVALIDATES = 'a row invalidates it';
const ANSWERED = 'a row approves it, or its appeal is accepted';
const DENIED = 'its appeal is denied';
const AGAIN = 'a row says `PENDING`, or the shop is promoted again';
const MODIFIES = 'its promoter taps Modify, or its inspector Correct it';
const APPEALS = 'its promoter begins an appeal';
const CANCELLED = 'the modification is given up';
const TIME = 'its deadline passes';

/**
 * What may follow. A reviewer may decide again at any time, so a later row leads from every state to APPROVED and to PENDING; an
 * item that a row puts back under review keeps its open appeal, whose answer counts still.
 */
export const REVIEW_MOVES = {
  NEW: { PENDING: 'it is submitted' },
  PENDING: {
    APPROVED: ANSWERED,
    REJECTED: REJECTS,
    INVALIDATED: INVALIDATES,
    APPEALING: 'a row rejects or invalidates it, and its appeal is still open',
    REJECTED_FINAL: DENIED,
  },
  APPROVED: { PENDING: 'a row says `PENDING`', REJECTED: REJECTS, INVALIDATED: INVALIDATES },
  REJECTED: {
    PENDING: AGAIN,
    APPROVED: APPROVES,
    INVALIDATED: INVALIDATES,
    MODIFYING: MODIFIES,
    APPEALING: APPEALS,
    LAPSED: TIME,
  },
  INVALIDATED: {
    PENDING: AGAIN,
    APPROVED: APPROVES,
    REJECTED: REJECTS,
    MODIFYING: MODIFIES,
    APPEALING: APPEALS,
    LAPSED: TIME,
  },
  MODIFYING: {
    PENDING: 'it is sent again, a row says `PENDING`, or the shop is promoted again',
    APPROVED: APPROVES,
    REJECTED: CANCELLED,
    INVALIDATED: CANCELLED,
    LAPSED: TIME,
  },
  APPEALING: {
    PENDING: AGAIN,
    APPROVED: ANSWERED,
    REJECTED: 'its appeal is withdrawn, or accepted when a later row rejected it',
    INVALIDATED: 'its appeal is withdrawn, or accepted when a later row invalidated it',
    REJECTED_FINAL: DENIED,
    LAPSED: 'its deadline passes before the appeal was sent',
  },
  REJECTED_FINAL: { PENDING: AGAIN, APPROVED: APPROVES },
  LAPSED: { PENDING: AGAIN, APPROVED: APPROVES },
} as const satisfies Moves<ReviewState>;

/** What lapses at its deadline; of an appeal that is so only while it is not sent, which its item does not know. */
export const LAPSING: readonly ReviewState[] = statesBefore(REVIEW_MOVES, 'LAPSED').filter(
  (state) => state !== 'APPEALING',
);

/** Whether another release, or this one, calls a state so. */
export function isReviewState(state: string): state is ReviewState {
  return state !== 'NEW' && Object.hasOwn(REVIEW_MOVES, state);
}

/** Whether the person can still do something about it: it failed, and neither a remedy nor its deadline is over. */
export function isFailed(state: ReviewState): boolean {
  return state === 'REJECTED' || state === 'INVALIDATED';
}
