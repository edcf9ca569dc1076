import { acted, closed } from './change.ts';
import type { Draft, Outcome, Part } from './draft.ts';
import { questionKey } from './lookup.ts';
import { placeOf, screenOfPlace } from './place.ts';
import { partExists, partLacks, paymentsLack, type Screen, screenLacks, screensOf } from './screens.ts';

/** Re-opens a part; what is asked meanwhile waits until it is left. */
export function open(draft: Draft, part: Part): Outcome {
  if (!partExists(draft, part)) return { draft, problems: [{ code: 'nothingThere' }] };
  return { draft: opened(acted(draft), plainPart(part), 'person'), problems: [] };
}

/** Leaves the re-opened part: the person stands again where something is missing, or at the summary. */
export function leave(draft: Draft): Outcome {
  return { draft: closed(acted(draft)), problems: [] };
}

/**
 * One step back: out of a part that was re-opened, from a question to its screen, else to the screen before. Loses
 * nothing. At the very beginning the draft comes back as it is.
 */
export function back(draft: Draft): Outcome {
  const begun = acted(draft);
  if (begun.questions.length < draft.questions.length) return { draft: begun, problems: [] };
  const place = placeOf(begun);
  const isBeside = place.kind === 'change' || place.kind === 'typeCode' || isMore(place);
  if (begun.opened && place.kind !== 'question' && (begun.opened.by === 'person' || isBeside)) {
    return { draft: closed(begun), problems: [] };
  }
  const here = screenOfPlace(place);
  const screen = place.kind === 'question' ? here : screenBefore(begun, here);
  if (!screen) return { draft, problems: [] };
  const { kind, step, spot } = screen;
  const at = spot === undefined ? {} : { spot };
  if (kind === 'payments') return { draft: opened(begun, { kind }, 'back'), problems: [] };
  const part: Part = kind === 'form' ? { kind, step, ...at, part: 'main' } : { kind, step, ...at };
  return { draft: opened(begun, part, 'back'), problems: [] };
}

function opened(draft: Draft, wanted: Part, by: 'person' | 'back'): Draft {
  const part = formFirst(draft, wanted);
  const deferred = draft.questions.map(questionKey);
  return { ...draft, opened: { part, by, lacked: partLacks(draft, part), renewed: [], deferred } };
}

/** The part and nothing else that the caller's object may carry: it is stored. */
function plainPart(part: Part): Part {
  if (part.kind === 'change' || part.kind === 'payments') return { kind: part.kind };
  if (part.kind === 'typeCode') return { kind: 'typeCode', spot: part.spot };
  const at = { step: part.step, spot: part.spot };
  if (part.kind === 'form') return { kind: 'form', ...at, part: part.part };
  return { kind: 'photos', ...at, slot: part.slot };
}

/** The photos of a spot are asked for once its form is saved. */
function formFirst(draft: Draft, part: Part): Part {
  if (part.kind !== 'photos' || part.spot === undefined) return part;
  const { step, spot } = part;
  return screenLacks(draft, { kind: 'form', step, spot }) ? { kind: 'form', step, spot, part: 'main' } : part;
}

/** The screen before another one; before the summary comes the last. */
function screenBefore(draft: Draft, here: Screen | undefined): Screen | undefined {
  // payments that are verified are not gone back to: that is done by opening them
  const screens = screensOf(draft).filter(
    ({ kind }) => kind !== 'payments' || here?.kind === kind || paymentsLack(draft),
  );
  if (!here) return screens.at(-1);
  const index = screens.findIndex(
    ({ kind, step, spot }) => kind === here.kind && step === here.step && spot === here.spot,
  );
  return index > 0 ? screens[index - 1] : undefined;
}

function isMore(place: ReturnType<typeof placeOf>): boolean {
  return place.kind === 'form' && place.part === 'more';
}
