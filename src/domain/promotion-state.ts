import { canMove, type Transitions } from './transitions.ts';

/** A promotion's status, apart from where its draft stands (domain A.11). */
export const PROMOTION_STATES = [
  'DRAFT',
  'SUBMITTED',
  'IN_REVIEW',
  'DECIDED',
  'CLOSED',
  'CANCELLED',
  'EXPIRED',
] as const;
export type PromotionState = (typeof PROMOTION_STATES)[number];

/** An expired draft can be restored. An item sent back brings a decided promotion into review again. */
export const PROMOTION_MOVES: Transitions<PromotionState> = {
  DRAFT: ['SUBMITTED', 'CANCELLED', 'EXPIRED'],
  SUBMITTED: ['IN_REVIEW'],
  IN_REVIEW: ['DECIDED'],
  DECIDED: ['IN_REVIEW', 'CLOSED'],
  CLOSED: [],
  CANCELLED: [],
  EXPIRED: ['DRAFT'],
};

export function promotionCanMove(from: PromotionState, to: PromotionState): boolean {
  return canMove(PROMOTION_MOVES, from, to);
}
