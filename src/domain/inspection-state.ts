import { canMove, type Moves, statesBefore } from './moves.ts';

/**
 * An inspection task (domain A.11). `CANNOT_INSPECT` still needs its photo and is then submitted like any other. One that is
 * being corrected may be approved after all, since a reviewer may decide again at any time.
 */
export type InspectionState =
  | 'ASSIGNED'
  | 'STARTED'
  | 'DEPLOYMENT_CHECKED'
  | 'PAYMENT_VERIFIED'
  | 'CANNOT_INSPECT'
  | 'SUBMITTED'
  | 'APPROVED'
  | 'REJECTED'
  | 'EXPIRED';

const ANSWERED = 'an answer or a photo';
const CANNOT = 'the person cannot inspect';
const SUBMITTED = 'the person submits it';
const MOVED = 'a task row gives it to somebody else';
const EXPIRED = 'it is overdue for a week';
const APPROVED = 'a review row, while it is being corrected';

/**
 * What may follow. A row that says something new of a task sets whoever is at work on it back to `STARTED`, with all that they
 * answered, so that it may be submitted from there.
 */
export const INSPECTION_MOVES = {
  NEW: { ASSIGNED: 'a task row' },
  ASSIGNED: { STARTED: ANSWERED, CANNOT_INSPECT: CANNOT, EXPIRED },
  STARTED: {
    DEPLOYMENT_CHECKED: ANSWERED,
    PAYMENT_VERIFIED: ANSWERED,
    CANNOT_INSPECT: CANNOT,
    SUBMITTED,
    ASSIGNED: MOVED,
    EXPIRED,
    APPROVED,
  },
  DEPLOYMENT_CHECKED: {
    STARTED: 'an answer is changed, or a task row says something new',
    PAYMENT_VERIFIED: ANSWERED,
    CANNOT_INSPECT: CANNOT,
    SUBMITTED,
    ASSIGNED: MOVED,
    EXPIRED,
    APPROVED,
  },
  PAYMENT_VERIFIED: {
    STARTED: 'an answer is changed, or a task row says something new',
    DEPLOYMENT_CHECKED: 'an answer is changed',
    CANNOT_INSPECT: CANNOT,
    SUBMITTED,
    ASSIGNED: MOVED,
    EXPIRED,
    APPROVED,
  },
  CANNOT_INSPECT: {
    STARTED: 'the person can inspect after all, or a task row says something new',
    DEPLOYMENT_CHECKED: 'the person can inspect after all',
    PAYMENT_VERIFIED: 'the person can inspect after all',
    SUBMITTED,
    ASSIGNED: MOVED,
    EXPIRED,
    APPROVED,
  },
  SUBMITTED: { APPROVED: 'a review row', REJECTED: 'a review row' },
  APPROVED: { REJECTED: 'a later review row' },
  REJECTED: { STARTED: 'the person corrects it', APPROVED: 'a later review row' },
  EXPIRED: { ASSIGNED: 'a task row gives it out again' },
} as const satisfies Moves<InspectionState>;

/** Somebody can work on it: it was not submitted, or it is being corrected. It expires unless somebody submits it. */
export const AT_WORK = statesBefore(INSPECTION_MOVES, 'EXPIRED');

export function isAtWork(state: InspectionState): boolean {
  return canMove(INSPECTION_MOVES, state, 'EXPIRED');
}
