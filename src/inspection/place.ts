import { idThatIs, isOnScreen } from '../domain/inspection-rules.ts';
import type { Assignment, Inspection, Part, PhotoSlot, WorkState } from './inspection.ts';
import { leave, open, partExists, partKey, workParts } from './parts.ts';
import { chosenTool, paymentIn, requiredModes } from './payment-rule.ts';
import { photoIn, photosWaitedFor } from './slots.ts';

/** Where the person stands: what the next card asks. */
export type Place = Part | { readonly kind: 'cannotPhoto' } | { readonly kind: 'summary' };

/** What was opened, else the first part that was not done, else the summary. */
export function placeOf(inspection: Inspection, assignment: Assignment): Place {
  const { opened, cannot, again } = inspection;
  if (opened !== undefined && partExists(opened, assignment)) return opened;
  if (cannot !== undefined) {
    if (again.includes('cannot')) return { kind: 'cannot' };
    return photoIn(inspection, assignment, { kind: 'cannot' }) === undefined
      ? { kind: 'cannotPhoto' }
      : { kind: 'summary' };
  }
  for (const part of workParts(assignment)) {
    const asked = whatIsAsked(inspection, assignment, part);
    if (asked !== undefined) return asked;
  }
  return { kind: 'summary' };
}

/** What a photo shows that is sent while a card asks this. */
export function slotOf(place: Place, { rules }: Assignment): PhotoSlot | undefined {
  switch (place.kind) {
    case 'store':
    case 'differs':
      return { kind: 'front' };
    case 'spot':
    case 'problem':
      return { kind: 'spot', spotRef: place.spotRef };
    case 'cannot':
    case 'cannotPhoto':
      return { kind: 'cannot' };
    // sent ahead of the form, it is of the first way of paying
    case 'tool':
    case 'onlyAlipay':
      return { kind: 'payment', mode: rules.modes[0] ?? 'MPM' };
    case 'payment':
    case 'paymentPhoto':
      return { kind: 'payment', mode: place.mode };
    case 'change':
    case 'summary':
      return undefined;
  }
}

/**
 * What of a part is still to be asked. A way of paying that was not tried is not asked for again, but keeps from submitting; of a result
 * that no screen shows no photo is asked for.
 */
function whatIsAsked(inspection: Inspection, assignment: Assignment, part: Part): Part | undefined {
  const again = inspection.again.includes(partKey(part));
  switch (part.kind) {
    case 'store': {
      const done = inspection.store !== undefined && photoIn(inspection, assignment, { kind: 'front' }) !== undefined;
      return done && !again ? undefined : part;
    }
    case 'spot': {
      const said = inspection.spots.some(({ spotRef }) => spotRef === part.spotRef);
      const done = said && photoIn(inspection, assignment, { kind: 'spot', spotRef: part.spotRef }) !== undefined;
      return done && !again ? undefined : part;
    }
    case 'tool':
      return requiredModes(inspection, assignment).length === 0 || chosenTool(inspection, assignment) !== undefined
        ? undefined
        : part;
    case 'payment': {
      if (!requiredModes(inspection, assignment).includes(part.mode)) return undefined;
      const payment = paymentIn(inspection, assignment, part.mode);
      if (payment === undefined || again) return part;
      if (!isOnScreen(assignment.rules.results, payment.result)) return undefined;
      const photo = photoIn(inspection, assignment, { kind: 'payment', mode: part.mode });
      return photo === undefined ? { kind: 'paymentPhoto', mode: part.mode } : undefined;
    }
    default:
      return undefined;
  }
}

/** Everything that keeps from submitting, in the order of the work (domain A.12-16: every required mode attempted). */
export function missingParts(inspection: Inspection, assignment: Assignment): readonly Part[] {
  if (inspection.cannot !== undefined) {
    const done = photoIn(inspection, assignment, { kind: 'cannot' }) !== undefined;
    return done && !inspection.again.includes('cannot') ? [] : [{ kind: 'cannot' }];
  }
  return workParts(assignment).flatMap((part) => {
    return isNotTried(inspection, assignment, part) ? [part] : (whatIsAsked(inspection, assignment, part) ?? []);
  });
}

function isNotTried(inspection: Inspection, assignment: Assignment, part: Part): boolean {
  if (part.kind !== 'payment' || !requiredModes(inspection, assignment).includes(part.mode)) return false;
  const notTried = idThatIs(assignment.rules.results, 'notTried');
  return notTried !== undefined && paymentIn(inspection, assignment, part.mode)?.result === notTried;
}

/** How far the work is, as the task's state says it (domain A.11). */
export function workState(inspection: Inspection, assignment: Assignment): WorkState {
  if (inspection.cannot !== undefined) return 'CANNOT_INSPECT';
  const missing = missingParts(inspection, assignment);
  if (missing.some(({ kind }) => kind === 'store' || kind === 'spot')) return 'STARTED';
  return missing.length > 0 ? 'DEPLOYMENT_CHECKED' : 'PAYMENT_VERIFIED';
}

/** Nothing is missing, and no photo that has a place is still being checked. */
export function canSubmit(inspection: Inspection, assignment: Assignment): boolean {
  return missingParts(inspection, assignment).length === 0 && photosWaitedFor(inspection).length === 0;
}

/** One step back: out of what was opened, else into the part before. The same inspection where there is none. */
export function back(inspection: Inspection, assignment: Assignment): Inspection {
  const place = placeOf(inspection, assignment);
  if (place.kind === 'change') return leave(inspection);
  const before = partBefore(inspection, assignment, place);
  return before === undefined ? inspection : open(inspection, before);
}

function partBefore(
  inspection: Inspection,
  assignment: Assignment,
  place: Exclude<Place, { kind: 'change' }>,
): Part | undefined {
  switch (place.kind) {
    case 'differs':
    case 'cannot':
      return { kind: 'store' };
    case 'cannotPhoto':
      return { kind: 'cannot' };
    case 'problem':
      return { kind: 'spot', spotRef: place.spotRef };
    case 'onlyAlipay':
      return { kind: 'tool' };
    case 'paymentPhoto':
      return { kind: 'payment', mode: place.mode };
    default: {
      if (inspection.cannot !== undefined) return { kind: 'cannot' };
      const pays = requiredModes(inspection, assignment).length > 0;
      const parts = workParts(assignment).filter(({ kind }) => pays || kind === 'store' || kind === 'spot');
      const at = place.kind === 'summary' ? parts.length : parts.findIndex((part) => partKey(part) === partKey(place));
      return parts[at - 1];
    }
  }
}
