import { type Code, readTyped, sameCode } from '../domain/code.ts';
import { acted, closed, movePhoto, withNote, withoutTyped, withQuestion, withSpot } from './change.ts';
import { foreignNote } from './codes.ts';
import { slotOf } from './definition.ts';
import type { BoundAt, Draft, DraftPhoto, Outcome, Problem, SpotCode, SpotKey } from './draft.ts';
import { formKey } from './form.ts';
import { answeredNow, isOvertaken, withOvertaken } from './in-turn.ts';
import { codesIn, photoOf, spotOf } from './lookup.ts';
import { putCloseup } from './place-photos.ts';
import { asRawValue } from './read-field.ts';
import { reconciled } from './reconcile.ts';
import { partExists } from './screens.ts';

/** What the bindings and the stock say of a code. */
export type Ownership =
  | { readonly kind: 'free' }
  | { readonly kind: 'notOfIso' }
  | { readonly kind: 'boundHere'; readonly at: BoundAt }
  | { readonly kind: 'boundElsewhere' }
  /** It is the code that failed the review. */
  | { readonly kind: 'failed' };

/** The codes of a draft whose ownership is still to be looked up. */
export function uncheckedCodes(draft: Draft): readonly { readonly spot: SpotKey; readonly code: SpotCode }[] {
  return draft.spots.flatMap(({ key, code }) => (code?.ownership === 'unchecked' ? [{ spot: key, code }] : []));
}

/** The form key under which a refused typed code is kept. */
export function typedCodeKey(spot: SpotKey): string {
  return formKey({ step: 'typeCode', spot, part: 'main' });
}

/** Applies what was found about a spot's code; late, for a code that is no longer there, it changes nothing. */
export function codeOwnership(draft: Draft, spot: SpotKey, codeId: string, found: Ownership): Draft {
  const code = spotOf(draft, spot)?.code;
  if (code?.codeId !== codeId) return draft;
  switch (found.kind) {
    case 'free':
    case 'notOfIso':
      return code.ownership === found.kind ? draft : reconciled(draft, owned(draft, spot, found.kind));
    case 'boundHere': {
      if (code.ownership === 'move') return draft;
      const { method: _method, ownership: _ownership, ...read } = code;
      const question = { kind: 'codeBoundHere', spot, code: read, at: found.at } as const;
      // it is done once it is known what becomes of the code
      const notes = draft.notes.filter((note) => note.code !== 'spotDone' || note.spot !== spot);
      return reconciled(draft, withQuestion({ ...owned(draft, spot, 'boundHere'), notes }, question));
    }
    case 'failed':
      return reconciled(draft, withNote(withoutCode(draft, spot), { code: 'codeFailed', spot, short: code.short }));
    case 'boundElsewhere':
      return reconciled(draft, withNote(withoutCode(draft, spot), { code: 'codeTaken', spot, short: code.short }));
  }
}

/** A code typed from the sticker, at `at`. One that is not taken is kept as typed, and so is one that comes after a later one. */
export function typeCode(draft: Draft, spot: SpotKey, typed: unknown, at?: number): Outcome {
  const target = spotOf(draft, spot);
  if (!target || !partExists(draft, { kind: 'typeCode', spot })) return { draft, problems: [{ code: 'nothingThere' }] };
  const raw = asRawValue(typed);
  const text = typeof raw === 'string' ? raw : '';
  const key = typedCodeKey(spot);
  if (at !== undefined && isOvertaken(draft, key, 'code', at)) {
    return {
      draft: readsAs(draft, text, target.code)
        ? draft
        : withOvertaken(draft, { form: key, field: 'code', typed: text, at }),
      problems: [],
    };
  }
  const problem = problemOf(draft, spot, text);
  const begun = answeredNow(acted(draft), key, ['code'], at);
  if (problem !== undefined) {
    const kept = { ...begun, typed: { ...begun.typed, [key]: { values: { code: text }, problems: [problem] } } };
    return { draft: reconciled(draft, kept), problems: [problem] };
  }
  const left = closedFor(
    withoutTyped(begun, (other) => other === key),
    spot,
  );
  const read = readTyped(text, draft.flow.codes);
  if (read.kind !== 'ours' || sameCode(read.code, target.code)) {
    return { draft: reconciled(draft, left), problems: [] };
  }
  const coded = withSpot(left, spot, (old) => ({
    ...old,
    code: { ...read.code, method: 'TYPED', ownership: 'unchecked' },
  }));
  return { draft: reconciled(draft, coded), problems: [] };
}

/** The answer to two codes in one photo. Late, when that is no longer asked, it changes nothing. */
export function pickCode(draft: Draft, photoId: string, codeId: string): Outcome {
  const question = draft.questions.find((one) => one.kind === 'twoCodes' && one.photoId === photoId);
  const photo = photoOf(draft, photoId);
  if (question?.kind !== 'twoCodes' || !photo) return { draft, problems: [] };
  const code = question.codes.find((one) => one.codeId === codeId);
  if (!code) return { draft, problems: [{ code: 'nothingThere' }] };
  return { draft: reconciled(draft, putCloseup(acted(draft), photo, question.spot, code)), problems: [] };
}

/** The code is taken from where it stands in the own ISO when this promotion is submitted. */
export function moveCode(draft: Draft, spot: SpotKey): Outcome {
  const code = spotOf(draft, spot)?.code;
  if (code?.ownership !== 'boundHere') return { draft, problems: [] };
  const moved = withNote(owned(acted(draft), spot, 'move'), { code: 'spotDone', spot, short: code.short });
  return { draft: reconciled(draft, moved), problems: [] };
}

/** Another code is put there: the one that was read goes, its photo is kept aside. */
export function useAnother(draft: Draft, spot: SpotKey): Outcome {
  if (spotOf(draft, spot)?.code?.ownership !== 'boundHere') return { draft, problems: [] };
  return { draft: reconciled(draft, withoutCode(acted(draft), spot)), problems: [] };
}

function readsAs({ flow }: Draft, text: string, code: Code | undefined): boolean {
  const read = readTyped(text, flow.codes);
  return read.kind === 'ours' && sameCode(read.code, code);
}

function problemOf(draft: Draft, spot: SpotKey, text: string): Problem | undefined {
  if (text.trim() === '') return { code: 'required', field: 'code' };
  const read = readTyped(text, draft.flow.codes);
  if (read.kind === 'foreign') return { code: foreignNote(read.says), field: 'code' };
  // far likelier a slip of the finger than a code that nobody knows: a photo of that is taken
  if (read.kind !== 'ours') return { code: 'codeForeign', field: 'code' };
  const usedBy = draft.spots.find(({ key, code }) => key !== spot && sameCode(read.code, code));
  return usedBy ? { code: 'codeUsedInThisPromotion', field: 'code' } : undefined;
}

function owned(draft: Draft, spot: SpotKey, ownership: SpotCode['ownership']): Draft {
  return withSpot(draft, spot, (old) => (old.code ? { ...old, code: { ...old.code, ownership } } : old));
}

/** The spot without its code, and without the photo that shows it. */
function withoutCode(draft: Draft, spot: SpotKey): Draft {
  const standing = spotOf(draft, spot)?.code;
  const shows = ({ where, kept }: DraftPhoto) =>
    where.kind === 'slot' &&
    where.slot.spot === spot &&
    showsCode(draft, where.slot.name) &&
    codesIn({ kept }).some((one) => sameCode(one, standing));
  const closeup = draft.photos.find(shows);
  const freed = closeup ? movePhoto(draft, closeup.photoId, { kind: 'setAside', why: 'codeTaken' }) : draft;
  return withSpot(freed, spot, ({ code: _code, ...rest }) => rest);
}

function showsCode(draft: Draft, name: string): boolean {
  return draft.flow.steps.some((step) => slotOf(step, name)?.showsCode === true);
}

function closedFor(draft: Draft, spot: SpotKey): Draft {
  const part = draft.opened?.part;
  return part?.kind === 'typeCode' && part.spot === spot ? closed(draft) : draft;
}
