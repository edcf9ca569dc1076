import { canMove, type Transitions } from './transitions.ts';

/** An appeal against one decision on one revision of an item (domain A.11). */
export const APPEAL_STATES = ['DRAFT', 'FILED', 'ACCEPTED', 'DENIED', 'WITHDRAWN', 'EXPIRED'] as const;
export type AppealState = (typeof APPEAL_STATES)[number];

/** A draft also expires: its item's deadline passed before it was sent. */
export const APPEAL_MOVES: Transitions<AppealState> = {
  DRAFT: ['FILED', 'WITHDRAWN', 'EXPIRED'],
  FILED: ['ACCEPTED', 'DENIED', 'WITHDRAWN', 'EXPIRED'],
  ACCEPTED: [],
  DENIED: [],
  WITHDRAWN: [],
  EXPIRED: [],
};

export function appealCanMove(from: AppealState, to: AppealState): boolean {
  return canMove(APPEAL_MOVES, from, to);
}
