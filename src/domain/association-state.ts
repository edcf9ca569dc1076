import { canMove, type Transitions } from './transitions.ts';

/** A request to join an ISO, and what becomes of the member (domain A.11). */
export const ASSOCIATION_STATES = [
  'PENDING',
  'APPROVED',
  'INVITED',
  'ACTIVE',
  'SUSPENDED',
  'REJECTED',
  'WITHDRAWN',
  'EXPIRED',
  'REMOVED',
] as const;
export type AssociationState = (typeof ASSOCIATION_STATES)[number];

/** A person already inside the organisation needs no invitation: `APPROVED → ACTIVE`. An expired invitation is sent again. */
export const ASSOCIATION_MOVES: Transitions<AssociationState> = {
  PENDING: ['APPROVED', 'REJECTED', 'WITHDRAWN', 'EXPIRED'],
  APPROVED: ['INVITED', 'ACTIVE'],
  INVITED: ['ACTIVE', 'EXPIRED'],
  ACTIVE: ['SUSPENDED', 'REMOVED'],
  SUSPENDED: ['ACTIVE', 'REMOVED'],
  REJECTED: [],
  WITHDRAWN: [],
  EXPIRED: ['INVITED'],
  REMOVED: [],
};

export function associationCanMove(from: AssociationState, to: AssociationState): boolean {
  return canMove(ASSOCIATION_MOVES, from, to);
}
