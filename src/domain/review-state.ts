import { canMove, type Transitions } from './transitions.ts';

/** The review of one submitted item, a store or a spot (domain A.11). */
export const REVIEW_STATES = ['NONE', 'PENDING', 'APPROVED', 'REJECTED'] as const;
export type ReviewState = (typeof REVIEW_STATES)[number];

export const REVIEW_MOVES: Transitions<ReviewState> = {
  NONE: ['PENDING'],
  PENDING: ['APPROVED', 'REJECTED'],
  APPROVED: [],
  REJECTED: [],
};

export function reviewCanMove(from: ReviewState, to: ReviewState): boolean {
  return canMove(REVIEW_MOVES, from, to);
}
