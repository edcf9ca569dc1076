import { DAY_MS } from '@field/kit/calendar';
import type { Moves, StateBefore } from './moves.ts';

/** A request to join an ISO, and what becomes of the member (domain A.11). */
export type AssociationState =
  | 'PENDING'
  | 'APPROVED'
  | 'INVITED'
  | 'ACTIVE'
  | 'SUSPENDED'
  | 'REJECTED'
  | 'WITHDRAWN'
  | 'EXPIRED'
  | 'REMOVED';

const JOINED = 'the person agrees, and is in the organisation';
const TAKEN_BACK = 'an admin takes the invitation back, or the person turns out to be in already';

/**
 * A person already inside the organisation needs no invitation: `PENDING → ACTIVE`, or `APPROVED → ACTIVE` when that turns out at
 * the invitation. An invitation can be taken back until it is accepted; an expired one is sent again.
 */
export const ASSOCIATION_MOVES = {
  NEW: { PENDING: 'the person asks', APPROVED: 'an admin invites the person' },
  PENDING: {
    APPROVED: 'an admin approves somebody who is outside the organisation',
    ACTIVE: 'an admin approves somebody who is in the organisation',
    REJECTED: 'an admin',
    WITHDRAWN: 'the person; or they leave, join for another ISO, or are made an admin',
    EXPIRED: 'nobody decides for 30 days',
  },
  APPROVED: { INVITED: 'the invitation goes out', ACTIVE: JOINED, WITHDRAWN: TAKEN_BACK },
  INVITED: { ACTIVE: JOINED, EXPIRED: 'nobody answers for 14 days', WITHDRAWN: TAKEN_BACK },
  ACTIVE: { SUSPENDED: 'the person leaves the organisation', REMOVED: 'an admin or an operator removes the person' },
  SUSPENDED: {
    ACTIVE: 'the person is back, or is made an admin',
    REMOVED: 'the person joins anew, for this ISO or for another one; or is removed',
  },
  REJECTED: {},
  WITHDRAWN: {},
  EXPIRED: { INVITED: 'an admin sends the invitation again' },
  REMOVED: {},
} as const satisfies Moves<AssociationState>;

const LIVE: ReadonlySet<AssociationState> = new Set(['PENDING', 'APPROVED', 'INVITED', 'ACTIVE', 'SUSPENDED']);

/** Whether it is still going on: a phone, and a person, has at most one such association in an ISO (domain A.12-13). */
export function isLiveAssociation(state: AssociationState): boolean {
  return LIVE.has(state);
}

/** What expires, by its state. */
export type Expiring = StateBefore<typeof ASSOCIATION_MOVES, 'EXPIRED'>;

/** An ISO that has not decided by then will not; an invitation is forgotten sooner. */
export const LIVES_MS: Readonly<Record<Expiring, number>> = { PENDING: 30 * DAY_MS, INVITED: 14 * DAY_MS };

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
