import type { NoteCode, ProblemCode, Weakness } from './codes.ts';
import { codesLacking } from './codes-at.ts';
import {
  isHeld,
  type SlotDefinition,
  type StepDefinition,
  type StepId,
  slotOf,
  stepOf,
  stepsOf,
} from './definition.ts';
import type { Aim, Draft, DraftPhoto, Slot } from './draft.ts';
import { photoIn, sameSlot, spotOf } from './lookup.ts';
import { REFUSAL_NOTES } from './photos.ts';
import { slotAt } from './screens.ts';
import { typedCodeKey } from './spot-code.ts';

/** A photo that a draft needs, whether or not it is there. */
export interface PhotoAsk {
  readonly step: StepId;
  readonly slot: Slot;
  readonly example?: string | undefined;
  /** A code of its spot is to be read in it, or scanned beside it. */
  readonly wantsCode: boolean;
  readonly has: boolean;
  /** Photos that were taken for it and are being looked at. */
  readonly checking: number;
  readonly says?: AskSays | undefined;
}

/** What is wrong with what was taken for it last. */
export type AskSays =
  | { readonly kind: 'note'; readonly code: NoteCode }
  | { readonly kind: 'weak'; readonly weakness: Weakness }
  | { readonly kind: 'problem'; readonly code: ProblemCode };

/** Every photo that a draft needs, of all its spots, in the order of its steps: whoever stands in the shop can take them in any order. */
export function photoAsks(draft: Draft): readonly PhotoAsk[] {
  if (isHeld(draft)) return [];
  return stepsOf(draft).flatMap((step) => {
    const spots = step.repeats ? draft.spots.map(({ key }) => key) : [undefined];
    const needed = step.slots.filter(({ required }) => required);
    return spots.flatMap((spot) => needed.map((slot) => askOf(draft, step, slot, slotAt(slot.name, spot))));
  });
}

/** What a photo is meant for that is taken for this slot; undefined where the draft never had it. */
export function aimAtSlot(draft: Draft, step: StepId, slot: Slot): Aim | undefined {
  if (slotOf(stepOf(draft, step), slot.name) === undefined) return undefined;
  return slot.spot === undefined ? { step, slot } : { step, spot: slot.spot, slot };
}

function askOf(draft: Draft, step: StepDefinition, { showsCode, example }: SlotDefinition, slot: Slot): PhotoAsk {
  const wantsCode = showsCode && step.code && slot.spot !== undefined && codesLacking(draft, slot.spot) > 0;
  const taken = draft.photos.filter(({ aim }) => aim.slot !== undefined && sameSlot(aim.slot, slot));
  return {
    step: step.id,
    slot,
    example,
    wantsCode,
    has: photoIn(draft, slot) !== undefined,
    checking: taken.filter(({ where }) => where.kind === 'checking').length,
    says: saysOf(draft, slot, taken, wantsCode),
  };
}

function saysOf(draft: Draft, slot: Slot, taken: readonly DraftPhoto[], wantsCode: boolean): AskSays | undefined {
  const [problem] = slot.spot !== undefined && wantsCode ? problemsOfCode(draft, slot.spot) : [];
  if (problem !== undefined) return { kind: 'problem', code: problem.code };
  const refused = slot.spot !== undefined && wantsCode ? codeRefused(draft, slot.spot) : undefined;
  if (refused !== undefined) return { kind: 'note', code: refused };
  const last = taken.toSorted((one, other) => one.at - other.at).at(-1);
  const why = last && whyOf(draft, last);
  if (why !== undefined) return why;
  const there = photoIn(draft, slot);
  if (there === undefined) return undefined;
  const [weakness] = there.kept?.accepted === false ? there.kept.weaknesses : [];
  if (weakness !== undefined) return { kind: 'weak', weakness };
  return wantsCode ? { kind: 'note', code: 'codeUnreadable' } : undefined;
}

/** Why the code that was scanned or typed last does not stand at its spot, as long as the chat says so too. */
function codeRefused(draft: Draft, spot: string): NoteCode | undefined {
  const refused: readonly NoteCode[] = ['codeTaken', 'codeFailed'];
  return draft.notes.findLast((note) => note.spot === spot && refused.includes(note.code))?.code;
}

function problemsOfCode(draft: Draft, spot: string) {
  return spotOf(draft, spot) === undefined ? [] : (draft.typed[typedCodeKey(spot)]?.problems ?? []);
}

/** Why it is of no use, as long as no other one stands in its place. */
function whyOf(draft: Draft, { where, photoId }: DraftPhoto): AskSays | undefined {
  if (where.kind === 'refused') return { kind: 'note', code: REFUSAL_NOTES[where.why] };
  if (where.kind !== 'setAside') return undefined;
  switch (where.why) {
    case 'repeated':
      return { kind: 'note', code: 'samePhoto' };
    case 'usedBefore':
      return { kind: 'note', code: 'photoUsedBefore' };
    case 'codeTaken':
      return { kind: 'note', code: 'codeTaken' };
    case 'late':
      return { kind: 'note', code: 'photoLate' };
    case 'foreign': {
      const note = draft.notes.findLast((one) => one.photoId === photoId);
      return { kind: 'note', code: note?.code ?? 'codeForeign' };
    }
    default:
      return undefined;
  }
}
