import { codesLacking } from './codes-at.ts';
import { type SlotName, type StepId, slotOf, stepOf, stepsOf, stopsUnpaid } from './definition.ts';
import type { Draft, Part, Slot, SpotKey } from './draft.ts';
import { formIsComplete } from './form.ts';
import { photoIn, spotOf } from './lookup.ts';
import { fieldThatIs, paysAs } from './roles.ts';

/** One card's worth of a flow, in the order in which they come: a form, the photos of a step, or all that verifies payments. */
export interface Screen {
  readonly kind: 'form' | 'photos' | 'payments';
  readonly step: StepId;
  readonly spot?: SpotKey | undefined;
}

/** Every screen of a draft in order; a step that repeats has its screens once for each spot. */
export function screensOf(draft: Draft): readonly Screen[] {
  return stepsOf(draft).flatMap((step) => {
    const kinds: Screen['kind'][] = [];
    if (step.verifies) kinds.push('payments');
    if (step.fields.length > 0) kinds.push('form');
    if (step.slots.some(({ required }) => required)) kinds.push('photos');
    const spots = step.repeats ? draft.spots.map(({ key }) => ({ spot: key })) : [{}];
    return spots.flatMap((spot) => kinds.map((kind) => ({ kind, step: step.id, ...spot })));
  });
}

/** The slots of a photo screen that still need a photo. */
export function slotsWanted(draft: Draft, step: StepId, spot?: SpotKey): readonly SlotName[] {
  const definition = stepOf(draft, step);
  return definition.slots
    .filter(({ required, name }) => required && photoIn(draft, slotAt(name, spot)) === undefined)
    .map(({ name }) => name);
}

/** Whether a code of a spot is still to be read or typed. */
export function codeIsWanted(draft: Draft, step: StepId, spot?: SpotKey): boolean {
  return stepOf(draft, step).code && spot !== undefined && codesLacking(draft, spot) > 0;
}

/** Whether something is missing on a screen. */
export function screenLacks(draft: Draft, { kind, step, spot }: Screen): boolean {
  if (kind === 'payments') return paymentsLack(draft);
  if (kind === 'photos') return slotsWanted(draft, step, spot).length > 0 || codeIsWanted(draft, step, spot);
  if (!formIsComplete(draft, { step, part: 'main', spot })) return true;
  return isBlockedAt(draft, step);
}

/** Whether payments are still to be verified; one that did not work counts as done where everything is deployed by then. */
export function paymentsLack(draft: Draft): boolean {
  const { state = 'wanted' } = draft.payments ?? {};
  return isUnderWay(draft) || (state === 'failed' && stopsUnpaid(draft));
}

function isUnderWay({ payments }: Draft): boolean {
  return payments === undefined || payments.state === 'wanted' || payments.state === 'waiting';
}

/** The step asks how the shop is paid, and it takes no Alipay+ yet: the promotion stays a draft (policy P4). */
export function isBlockedAt(draft: Draft, step: StepId): boolean {
  return fieldThatIs(draft, 'paysWith')?.step.id === step && paysAs(draft, 'notAccepting');
}

/** A spot with its form, its photos and its code. */
export function spotIsComplete(draft: Draft, spot: SpotKey): boolean {
  return screensOf(draft)
    .filter((screen) => screen.spot === spot)
    .every((screen) => !screenLacks(draft, screen));
}

export function slotAt(name: SlotName, spot?: SpotKey): Slot {
  return spot === undefined ? { name } : { name, spot };
}

/** Whether a part can be opened: its step, its spot and its slot are there. */
export function partExists(draft: Draft, part: Part): boolean {
  if (part.kind === 'change') return true;
  if (part.kind === 'payments') return stepsOf(draft).some(({ verifies }) => verifies) && isUnderWay(draft);
  const step = part.kind === 'typeCode' ? stepsOf(draft).find(({ code }) => code) : stepOf(draft, part.step);
  if (step === undefined) return false;
  if (step.repeats ? spotOf(draft, part.spot) === undefined : part.spot !== undefined) return false;
  if (part.kind === 'form') return step.fields.some((field) => field.part === part.part);
  if (part.kind === 'typeCode') return step.repeats;
  return part.slot === undefined ? step.slots.length > 0 : slotOf(step, part.slot) !== undefined;
}

/** The slots that a photo part is about: the one named, else the required ones, else all. */
export function slotsOfPart(draft: Draft, part: Extract<Part, { kind: 'photos' }>): readonly SlotName[] {
  if (part.slot !== undefined) return [part.slot];
  const { slots } = stepOf(draft, part.step);
  const required = slots.filter((slot) => slot.required);
  return (required.length > 0 ? required : slots).map(({ name }) => name);
}

/** Whether something is missing in a part, its optional photos included. */
export function partLacks(draft: Draft, part: Part): boolean {
  if (part.kind !== 'photos') return false;
  const empty = slotsOfPart(draft, part).some((name) => photoIn(draft, slotAt(name, part.spot)) === undefined);
  return empty || codeIsWanted(draft, part.step, part.spot);
}
