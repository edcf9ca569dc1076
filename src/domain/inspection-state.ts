import { canMove, type Transitions } from './transitions.ts';

/**
 * An inspection task (domain A.11). `CANNOT_INSPECT` still needs its photo and is then submitted like any other. One that is
 * being corrected may be approved after all, since a reviewer may decide again at any time.
 */
export const INSPECTION_STATES = [
  'ASSIGNED',
  'STARTED',
  'DEPLOYMENT_CHECKED',
  'PAYMENT_VERIFIED',
  'CANNOT_INSPECT',
  'SUBMITTED',
  'APPROVED',
  'REJECTED',
  'REASSIGNED',
  'EXPIRED',
] as const;
export type InspectionState = (typeof INSPECTION_STATES)[number];

/** Somebody can work on it: it was not submitted, or it is being corrected. */
export const AT_WORK = ['ASSIGNED', 'STARTED', 'DEPLOYMENT_CHECKED', 'PAYMENT_VERIFIED', 'CANNOT_INSPECT'] as const;

export function isAtWork(state: InspectionState): boolean {
  return AT_WORK.some((one) => one === state);
}

export const INSPECTION_MOVES: Transitions<InspectionState> = {
  ASSIGNED: ['STARTED', 'CANNOT_INSPECT', 'REASSIGNED', 'EXPIRED'],
  STARTED: ['DEPLOYMENT_CHECKED', 'PAYMENT_VERIFIED', 'CANNOT_INSPECT', 'REASSIGNED', 'EXPIRED', 'APPROVED'],
  DEPLOYMENT_CHECKED: ['STARTED', 'PAYMENT_VERIFIED', 'CANNOT_INSPECT', 'REASSIGNED', 'EXPIRED', 'APPROVED'],
  PAYMENT_VERIFIED: [
    'STARTED',
    'DEPLOYMENT_CHECKED',
    'SUBMITTED',
    'CANNOT_INSPECT',
    'REASSIGNED',
    'EXPIRED',
    'APPROVED',
  ],
  CANNOT_INSPECT: [
    ...(['STARTED', 'DEPLOYMENT_CHECKED', 'PAYMENT_VERIFIED'] as const),
    ...(['SUBMITTED', 'REASSIGNED', 'EXPIRED', 'APPROVED'] as const),
  ],
  SUBMITTED: ['APPROVED', 'REJECTED'],
  APPROVED: ['REJECTED'],
  REJECTED: ['STARTED', 'APPROVED'],
  REASSIGNED: ['ASSIGNED'],
  EXPIRED: ['ASSIGNED'],
};

export function inspectionCanMove(from: InspectionState, to: InspectionState): boolean {
  return canMove(INSPECTION_MOVES, from, to);
}
