import { canMove, type Transitions } from './transitions.ts';

/** The review of one submitted item: a store, a spot, a POSM or an inspection (domain A.11). */
export const REVIEW_STATES = [
  'PENDING',
  'APPROVED',
  'REJECTED',
  'INVALIDATED',
  'MODIFYING',
  'APPEALING',
  'REJECTED_FINAL',
  'LAPSED',
] as const;
export type ReviewState = (typeof REVIEW_STATES)[number];

/**
 * What may follow. A reviewer may decide again at any time, so a later row leads from every state to APPROVED; a withdrawn
 * modification or appeal leads back to the state that it was begun from, and an appeal that was never sent lapses as a modification
 * does; a store that is promoted again is under review again.
 */
export const REVIEW_MOVES: Transitions<ReviewState> = {
  PENDING: ['APPROVED', 'REJECTED', 'INVALIDATED'],
  APPROVED: ['PENDING', 'REJECTED', 'INVALIDATED'],
  REJECTED: ['PENDING', 'APPROVED', 'INVALIDATED', 'MODIFYING', 'APPEALING', 'LAPSED'],
  INVALIDATED: ['PENDING', 'APPROVED', 'REJECTED', 'MODIFYING', 'APPEALING', 'LAPSED'],
  MODIFYING: ['PENDING', 'APPROVED', 'REJECTED', 'INVALIDATED', 'LAPSED'],
  APPEALING: ['PENDING', 'APPROVED', 'REJECTED', 'INVALIDATED', 'REJECTED_FINAL', 'LAPSED'],
  REJECTED_FINAL: ['PENDING', 'APPROVED'],
  LAPSED: ['PENDING', 'APPROVED'],
};

export function reviewCanMove(from: ReviewState, to: ReviewState): boolean {
  return canMove(REVIEW_MOVES, from, to);
}

/** Whether the person can still do something about it: it failed, and neither a remedy nor its deadline is over. */
export function isFailed(state: ReviewState): boolean {
  return state === 'REJECTED' || state === 'INVALIDATED';
}
