import { DAY_MS, dayOf, instantOf } from '@field/kit/calendar';
import type { AssociationState } from './association-state.ts';

/** The admins of an ISO are told of whoever has not answered its invitation for so long, once each. */
export const UNANSWERED_AFTER_MS = [2 * DAY_MS, 7 * DAY_MS] as const;

/** Not before this hour of their day, and once a day: what becomes due in between is told together. */
const TOLD_AT_HOUR = 9;

/** Whether an invitation waits for its answer, as the ISO sees it: who said no is among them, since that is not told (domain A.12-22). */
export function isUnanswered(state: AssociationState): boolean {
  return state === 'INVITED' || state === 'REFUSED';
}

/** Whether the admins may be told now, who were told last at that time; both by `clock.now()`. */
export function isTimeToTell(now: number, toldAt: number, timeZone: string): boolean {
  const morning = instantOf(dayOf(now, timeZone), TOLD_AT_HOUR, timeZone);
  return now >= morning && toldAt < morning;
}
