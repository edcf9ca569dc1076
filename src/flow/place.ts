import { type SlotName, stepOf, stepsOf } from './definition.ts';
import type { Draft, Part, Place, Question } from './draft.ts';
import { isRenewed, photoIn, questionKey } from './lookup.ts';
import { spotStepOf, storeStepOf } from './roles.ts';
import {
  codeIsWanted,
  isBlockedAt,
  partExists,
  type Screen,
  screenLacks,
  screensOf,
  slotAt,
  slotsOfPart,
  slotsWanted,
} from './screens.ts';

/**
 * Where the person stands: what the bot asks, else the part that was re-opened, else the first screen with something
 * missing (skipped spots apart), else the summary.
 */
export function placeOf(draft: Draft): Place {
  const question = openQuestion(draft);
  if (question) return { kind: 'question', question, ...subjectOf(draft, question) };
  if (draft.opened && partIsThere(draft, draft.opened.part)) return placeOfPart(draft, draft.opened.part);
  const screen = firstLacking(draft);
  return screen ? placeOfScreen(draft, screen) : { kind: 'summary' };
}

/** What was opened of payments is left by itself once they are verified. */
function partIsThere(draft: Draft, part: Part): boolean {
  return part.kind !== 'payments' || partExists(draft, part);
}

/** The first screen, in order, with something missing that was not put off. */
export function firstLacking(draft: Draft): Screen | undefined {
  const skipped = new Set(draft.spots.filter((spot) => spot.skipped).map((spot) => spot.key));
  return screensOf(draft).find(
    (screen) => !(screen.spot !== undefined && skipped.has(screen.spot)) && screenLacks(draft, screen),
  );
}

/** The screen at which the person stands; none on the summary and beside the flow. */
export function screenOfPlace(place: Place): Screen | undefined {
  switch (place.kind) {
    case 'form':
      return { kind: 'form', step: place.step, ...at(place.spot) };
    case 'photo':
    case 'typeCode':
      return { kind: 'photos', step: place.step, ...at(place.spot) };
    case 'question': {
      const kind = place.question.kind === 'sameShop' ? 'form' : 'photos';
      return place.question.kind === 'confirmDoubts' ? undefined : { kind, step: place.step, ...at(place.spot) };
    }
    case 'payments':
      return { kind: 'payments', step: place.step };
    case 'change':
    case 'summary':
      return undefined;
  }
}

function openQuestion(draft: Draft): Question | undefined {
  const deferred = draft.opened?.deferred ?? [];
  return draft.questions.find((question) => !deferred.includes(questionKey(question)));
}

function subjectOf(draft: Draft, question: Question) {
  const steps = stepsOf(draft);
  switch (question.kind) {
    case 'twoCodes':
    case 'codeBoundHere':
      return { step: steps.find(({ code }) => code)?.id ?? spotStepOf(draft), spot: question.spot };
    case 'weakPhoto': {
      const { name, spot } = question.slot;
      const step = steps.find(({ slots }) => slots.some((slot) => slot.name === name));
      return { step: step?.id ?? storeStepOf(draft), ...at(spot) };
    }
    case 'sameShop':
      return { step: storeStepOf(draft) };
    case 'confirmDoubts':
      return { step: 'summary' };
  }
}

function placeOfPart(draft: Draft, part: Part): Place {
  switch (part.kind) {
    case 'change':
      return { kind: 'change' };
    case 'payments':
      return { kind: 'payments', step: stepsOf(draft).find(({ verifies }) => verifies)?.id ?? '' };
    case 'typeCode':
      return {
        kind: 'typeCode',
        step: stepsOf(draft).find(({ code }) => code)?.id ?? spotStepOf(draft),
        spot: part.spot,
      };
    case 'form':
      return {
        kind: 'form',
        step: part.step,
        ...at(part.spot),
        part: part.part,
        reopened: true,
        ...blocked(draft, part),
      };
    case 'photos': {
      const slots = slotsOfPart(draft, part);
      const lacking = slots.filter((name) => photoIn(draft, slotAt(name, part.spot)) === undefined);
      const codeWanted = codeIsWanted(draft, part.step, part.spot);
      const wanted = lacking.length > 0 || codeWanted ? lacking : replaceable(draft, part, slots);
      return { kind: 'photo', step: part.step, ...at(part.spot), wanted, codeWanted, reopened: true };
    }
  }
}

/** Photos that a code tells apart are replaced in any order, others one after the other. */
function replaceable(draft: Draft, { step, spot }: Extract<Part, { kind: 'photos' }>, slots: readonly SlotName[]) {
  if (stepOf(draft, step).code) return slots;
  const left = slots.filter((name) => !isRenewed(draft, slotAt(name, spot)));
  return left.length > 0 ? left : slots;
}

function placeOfScreen(draft: Draft, { kind, step, spot }: Screen): Place {
  if (kind === 'payments') return { kind, step };
  if (kind === 'form') {
    const form = { step, ...at(spot), part: 'main' as const };
    return { kind: 'form', ...form, reopened: false, ...blocked(draft, form) };
  }
  const wanted = slotsWanted(draft, step, spot);
  const codeWanted = codeIsWanted(draft, step, spot);
  return { kind: 'photo', step, ...at(spot), wanted, codeWanted, reopened: false };
}

function blocked(draft: Draft, form: { step: string; part: string }) {
  const isBlocked = form.part === 'main' && isBlockedAt(draft, form.step);
  return isBlocked ? { blocked: 'storeNotAccepting' as const } : {};
}

function at(spot: string | undefined): { spot?: string | undefined } {
  return spot === undefined ? {} : { spot };
}
