import type { Moves } from './moves.ts';

/**
 * Whether a person may work, which only who is `ACTIVE` may: `UNKNOWN` works for no ISO, `PAUSED` was paused by an admin, `SUSPENDED` is
 * not in the organisation. That somebody is paused is a fact of its own: who leaves the organisation meanwhile and comes back still is.
 */
export type PersonState = 'UNKNOWN' | 'ACTIVE' | 'PAUSED' | 'SUSPENDED';

/** What somebody is in their ISO; a supervisor's team are the people who have them for their supervisor. */
export type PersonRole = 'STAFF' | 'SUPERVISOR' | 'ADMIN';

const ENDS = 'the person leaves the ISO, or is removed';
const GOES = 'the person leaves the organisation';

export const PERSON_MOVES = {
  NEW: { UNKNOWN: 'writes to the bot' },
  UNKNOWN: { ACTIVE: 'joins an ISO, or an operator makes them its admin' },
  ACTIVE: { PAUSED: 'an admin or an operator', SUSPENDED: GOES, UNKNOWN: ENDS },
  PAUSED: { ACTIVE: 'an admin or an operator', SUSPENDED: GOES, UNKNOWN: ENDS },
  SUSPENDED: {
    ACTIVE: 'the person is back, joins anew, or an operator makes them an admin',
    PAUSED: 'the person is back, and was paused',
    UNKNOWN: ENDS,
  },
} as const satisfies Moves<PersonState>;

const MEMBERS: ReadonlySet<PersonState> = new Set(['ACTIVE', 'PAUSED']);

/** Whether they are in the organisation and belong to an ISO. */
export function isMember(state: PersonState): boolean {
  return MEMBERS.has(state);
}

const SHUT_OUT: ReadonlySet<PersonState> = new Set(['PAUSED', 'SUSPENDED']);

/** Whether they belong to an ISO and may do nothing in it at the moment (domain A.12-19). */
export function isShutOut(state: PersonState): boolean {
  return SHUT_OUT.has(state);
}
