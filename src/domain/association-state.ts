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
  | 'REFUSED'
  | 'LEFT'
  | 'REMOVED';

const JOINED = 'the person agrees, and is in the organisation';
const TAKEN_BACK = 'an admin takes the invitation back, or the person turns out to be in already';
const UNANSWERED = 'nobody answers for 14 days';

/**
 * Nobody works for an ISO who did not say yes to it: by asking in the chat (`PENDING → ACTIVE`), by accepting its invitation into the
 * organisation, or, where they are inside already, by a tap on a card. An invitation can be taken back until it is accepted; an
 * expired one is sent again.
 */
export const ASSOCIATION_MOVES = {
  NEW: { PENDING: 'the person asks', APPROVED: 'an admin invites the person' },
  PENDING: {
    APPROVED: 'an admin approves somebody who asked on the public page',
    ACTIVE: 'an admin approves somebody who asked in the chat',
    REJECTED: 'an admin',
    WITHDRAWN: 'the person; or they leave the organisation, join another ISO, or are made an admin',
    EXPIRED: 'nobody decides for 30 days',
  },
  APPROVED: {
    INVITED: 'the invitation goes out; to whoever is in the organisation as a card',
    ACTIVE: JOINED,
    WITHDRAWN: TAKEN_BACK,
  },
  INVITED: {
    ACTIVE: JOINED,
    REFUSED: 'the person says no',
    EXPIRED: UNANSWERED,
    WITHDRAWN: TAKEN_BACK,
  },
  REFUSED: {
    INVITED: 'an admin sends the invitation again, 30 days later or more',
    EXPIRED: UNANSWERED,
    WITHDRAWN: TAKEN_BACK,
  },
  ACTIVE: {
    SUSPENDED: 'the person leaves the organisation',
    LEFT: 'the person leaves the ISO, or joins another one',
    REMOVED: 'an admin or an operator removes the person',
  },
  SUSPENDED: {
    ACTIVE: 'the person is back, or is made an admin',
    LEFT: 'the person joins another ISO, or is back as somebody else',
    REMOVED: 'the person joins this ISO anew, or is removed; or the number is somebody else’s by now',
  },
  REJECTED: {},
  WITHDRAWN: {},
  EXPIRED: { INVITED: 'an admin sends the invitation again' },
  LEFT: {},
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
export const LIVES_MS: Readonly<Record<Expiring, number>> = {
  PENDING: 30 * DAY_MS,
  INVITED: 14 * DAY_MS,
  REFUSED: 14 * DAY_MS,
};

/** Whoever said no hears nothing of that ISO's invitations for so long. */
const QUIET_MS = 30 * DAY_MS;

/** Whether an invitation that went out `at` (`clock.now()`) goes nowhere, since the person had said no then not long before. */
export function isUnheard(refusedAt: number | undefined, at: number): boolean {
  return refusedAt !== undefined && at < refusedAt + QUIET_MS;
}

/** As many invitations an ISO may send in a day to people who have not come, unless the operator says otherwise. */
export const INVITATIONS_A_DAY = 20;

/** A state as the ISO sees it: that somebody said no is not told, since it would tell where they are (domain A.12-22). */
export type SeenState = Exclude<AssociationState, 'REFUSED'>;

export function seenState(state: AssociationState): SeenState {
  return state === 'REFUSED' ? 'INVITED' : state;
}

const INVITABLE: ReadonlySet<AssociationState> = new Set(['APPROVED', 'INVITED', 'REFUSED', 'EXPIRED', 'SUSPENDED']);

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
  'refused',
] as const;
export type InvitationProblem = (typeof INVITATION_PROBLEMS)[number];
