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

const DEPLOYMENT = 'the shop and every spot are done';
const PAYMENT = 'every required way of paying is done, too';
const OPENED = 'something of the shop or a spot is missing again, or a task row says something new';
const CANNOT = 'the inspector says why';
const SUBMITTED = 'the inspector submits it';
const ANEW = 'a task row gives it to somebody else';
const EXPIRED = 'it was due a week ago, and nobody submitted it';
const APPROVED = 'a row approves what is being corrected';
const JUDGED = 'a row rejects or invalidates it';

/**
 * What may follow. A row that says something new of a task sets whoever is at work on it back to `STARTED`, with all that they
 * answered, so that it may be submitted from there.
 */
export const INSPECTION_MOVES = {
  NEW: { ASSIGNED: 'a task row' },
  ASSIGNED: { STARTED: 'the inspector says or sends the first thing', CANNOT_INSPECT: CANNOT, EXPIRED },
  STARTED: {
    DEPLOYMENT_CHECKED: DEPLOYMENT,
    PAYMENT_VERIFIED: PAYMENT,
    CANNOT_INSPECT: CANNOT,
    SUBMITTED,
    ASSIGNED: ANEW,
    EXPIRED,
    APPROVED,
  },
  DEPLOYMENT_CHECKED: {
    STARTED: OPENED,
    PAYMENT_VERIFIED: PAYMENT,
    CANNOT_INSPECT: CANNOT,
    SUBMITTED,
    ASSIGNED: ANEW,
    EXPIRED,
    APPROVED,
  },
  PAYMENT_VERIFIED: {
    STARTED: OPENED,
    DEPLOYMENT_CHECKED: 'a way of paying is missing again',
    CANNOT_INSPECT: CANNOT,
    SUBMITTED,
    ASSIGNED: ANEW,
    EXPIRED,
    APPROVED,
  },
  CANNOT_INSPECT: {
    STARTED: 'the inspector can after all, or a task row says something new',
    DEPLOYMENT_CHECKED: 'the inspector can after all',
    PAYMENT_VERIFIED: 'the inspector can after all',
    SUBMITTED,
    ASSIGNED: ANEW,
    EXPIRED,
    APPROVED,
  },
  SUBMITTED: { APPROVED: 'a row approves it', REJECTED: JUDGED },
  APPROVED: { REJECTED: JUDGED },
  REJECTED: { STARTED: 'the inspector corrects it (revision + 1)', APPROVED: 'a row approves it' },
  EXPIRED: { ASSIGNED: 'a task row gives it out again' },
} as const satisfies Moves<InspectionState>;

/** Somebody can work on it: it was not submitted, or it is being corrected. It expires unless somebody submits it. */
export const AT_WORK = statesBefore(INSPECTION_MOVES, 'EXPIRED');

export function isAtWork(state: InspectionState): boolean {
  return canMove(INSPECTION_MOVES, state, 'EXPIRED');
}
