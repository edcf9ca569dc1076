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

/**
 * A person already inside the organisation needs no invitation: `PENDING → ACTIVE`, or `APPROVED → ACTIVE` when that turns out at
 * the invitation. An invitation can be taken back until it is accepted; an expired one is sent again.
 */
export const ASSOCIATION_MOVES: Transitions<AssociationState> = {
  PENDING: ['APPROVED', 'ACTIVE', 'REJECTED', 'WITHDRAWN', 'EXPIRED'],
  APPROVED: ['INVITED', 'ACTIVE', 'WITHDRAWN'],
  INVITED: ['ACTIVE', 'EXPIRED', 'WITHDRAWN'],
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

const LIVE: ReadonlySet<AssociationState> = new Set(['PENDING', 'APPROVED', 'INVITED', 'ACTIVE', 'SUSPENDED']);

/** Whether it is still going on: a phone, and a person, has at most one such association in an ISO (A.12-13). */
export function isLiveAssociation(state: AssociationState): boolean {
  return LIVE.has(state);
}

/** An ISO that has not decided by then will not; an invitation is forgotten sooner. */
export const REQUEST_LIVES_MS = 30 * 24 * 3_600_000;
export const INVITATION_LIVES_MS = 14 * 24 * 3_600_000;

const INVITABLE: ReadonlySet<AssociationState> = new Set(['APPROVED', 'INVITED', 'EXPIRED', 'SUSPENDED']);

/** Whether an invitation into the organisation makes sense: whoever has left it is invited back. */
export function isInvitable(state: AssociationState): boolean {
  return INVITABLE.has(state);
}

/** How somebody came to ask: the card in the chat, the QR code's page, or an admin's invitation. */
export type AssociationChannel = 'CARD' | 'QR' | 'INVITE';

/** Why an invitation could not go out, by what an admin can do about it. */
export const INVITATION_PROBLEMS = [
  'badNumber',
  'tooManyOrganisations',
  'notPermitted',
  'unreachable',
  'worksElsewhere',
  'refused',
] as const;
export type InvitationProblem = (typeof INVITATION_PROBLEMS)[number];
