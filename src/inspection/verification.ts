import { type InspectionRules, idThatIs } from '../domain/inspection-rules.ts';
import type { PaymentStanding } from '../domain/payment-standing.ts';
import type { Assignment, Inspection } from './inspection.ts';
import { acted, partKey } from './parts.ts';
import { paymentIn, requiredModes } from './payment-rule.ts';
import { slotAsked } from './photos.ts';
import { missingParts } from './place.ts';
import { photosWaitedFor } from './slots.ts';

/** The verification of payments alone, as a step of a promotion: no shop and no spot is looked at. */
export function verificationOf(
  acceptsOnlyAlipay: boolean,
  { version, inspection: rules }: { readonly version: number; readonly inspection: InspectionRules },
): Assignment {
  return { spots: [], acceptsOnlyAlipay, programme: version, rules, onlyPayments: true };
}

/** How it stands with that. */
export function paymentsStand(inspection: Inspection, assignment: Assignment): PaymentStanding {
  const slot = slotAsked(inspection, assignment);
  const asked = slot?.kind === 'payment' ? { photoOf: slot.mode } : {};
  const missing = missingParts(inspection, assignment);
  const waited = photosWaitedFor(inspection);
  if (missing.length > 0) {
    const isOnlyLookedAt = missing.every(
      (part) =>
        part.kind === 'paymentPhoto' && waited.some((slot) => slot.kind === 'payment' && slot.mode === part.mode),
    );
    return { state: isOnlyLookedAt ? 'waiting' : 'wanted', ...asked };
  }
  if (waited.length > 0) return { state: 'waiting', ...asked };
  return { state: failedModes(inspection, assignment).length > 0 ? 'failed' : 'done' };
}

/** What was tried and did not work, or was not tried, each as the last time. */
export function failedModes(inspection: Inspection, assignment: Assignment) {
  const paid = idThatIs(assignment.rules.results, 'success');
  return requiredModes(inspection, assignment).flatMap((mode) => {
    const payment = paymentIn(inspection, assignment, mode);
    return payment === undefined || payment.result === paid ? [] : [payment];
  });
}

/** Whether every way of paying was tried and worked. */
export function paymentsWork(inspection: Inspection, assignment: Assignment): boolean {
  const paid = idThatIs(assignment.rules.results, 'success');
  const modes = requiredModes(inspection, assignment);
  return (
    inspection.cannot === undefined &&
    modes.length > 0 &&
    modes.every((mode) => paymentIn(inspection, assignment, mode)?.result === paid)
  );
}

/** `Try again`: what did not work is said and photographed again; where all worked, everything is said again. */
export function triedAgain(inspection: Inspection, assignment: Assignment): Inspection {
  const failed = failedModes(inspection, assignment).map(({ mode }) => mode);
  const modes = failed.length > 0 ? failed : requiredModes(inspection, assignment);
  const { opened: _opened, ...rest } = acted(inspection);
  return {
    ...rest,
    again: modes.map((mode) => partKey({ kind: 'payment', mode })),
    photos: inspection.photos.map((photo) => {
      const isOfFailed = photo.slot?.kind === 'payment' && failed.includes(photo.slot.mode);
      if (!isOfFailed || photo.where.kind !== 'kept') return photo;
      return { ...photo, where: { ...photo.where, rejected: true } };
    }),
  };
}
