import type { Action } from '../../cards/actions.ts';
import type { ViewName } from '../../cards/views.ts';

/** A pause holds nobody: who is paused may answer an invitation and leave their ISO, and do nothing else. */
export const OPEN_TO_PAUSED: readonly Action[] = [
  'association.join',
  'association.refuse',
  'association.move',
  'association.leave',
  'association.leaveAgain',
  'association.leaveSure',
];

/** The cards on which they do so. */
export const SHOWN_TO_PAUSED: ReadonlySet<ViewName> = new Set([
  'association.invitations',
  'association.move',
  'association.leave',
  'association.leaveSure',
]);
