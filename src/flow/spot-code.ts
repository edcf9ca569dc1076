import { type Code, readTyped, sameCode } from '../domain/code.ts';
import { acted, closed, movePhoto, withNote, withoutTyped, withQuestion } from './change.ts';
import { foreignNote } from './codes.ts';
import {
  codesAt,
  codesLacking,
  codesOf,
  isAmong,
  isCloseupOf,
  shortOf,
  unseenCodes,
  withCodeAt,
  withCodeChanged,
  withoutCodeAt,
} from './codes-at.ts';
import type { BoundAt, Draft, Outcome, Problem, SpotCode, SpotKey } from './draft.ts';
import { formKey } from './form.ts';
import { answeredNow, isOvertaken, withOvertaken } from './in-turn.ts';
import { photoOf, spotOf } from './lookup.ts';
import { putCloseup, takeCodes } from './place-photos.ts';
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
  return draft.spots.flatMap((spot) =>
    codesOf(draft, spot)
      .filter(({ ownership }) => ownership === 'unchecked')
      .map((code) => ({ spot: spot.key, code })),
  );
}

/** The form key under which a refused typed code is kept. */
export function typedCodeKey(spot: SpotKey): string {
  return formKey({ step: 'typeCode', spot, part: 'main' });
}

/** Applies what was found about a spot's code; late, for a code that is no longer there, it changes nothing. */
export function codeOwnership(draft: Draft, spot: SpotKey, codeId: string, found: Ownership): Draft {
  const code = codesAt(draft, spot).find((one) => one.codeId === codeId);
  if (code === undefined) return draft;
  switch (found.kind) {
    case 'free':
    case 'notOfIso':
      return code.ownership === found.kind ? draft : reconciled(draft, owned(draft, spot, code, found.kind));
    case 'boundHere': {
      if (code.ownership === 'move') return draft;
      const { method: _method, ownership: _ownership, ...read } = code;
      const question = { kind: 'codeBoundHere', spot, code: read, at: found.at } as const;
      // it is done once it is known what becomes of the code
      const notes = draft.notes.filter((note) => note.code !== 'spotDone' || note.spot !== spot);
      return reconciled(draft, withQuestion({ ...owned(draft, spot, code, 'boundHere'), notes }, question));
    }
    case 'failed':
      return reconciled(
        draft,
        withNote(withoutCode(draft, spot, code), { code: 'codeFailed', spot, short: code.short }),
      );
    case 'boundElsewhere':
      return reconciled(
        draft,
        withNote(withoutCode(draft, spot, code), { code: 'codeTaken', spot, short: code.short }),
      );
  }
}

/** A code typed from the sticker, at `at`. One that is not taken is kept as typed, and so is one that comes after a later one. */
export function typeCode(draft: Draft, spot: SpotKey, typed: unknown, at?: number): Outcome {
  return giveCode(draft, spot, typed, { at, method: 'TYPED' });
}

/** A code that was scanned at its spot, at `at`: it counts as one that was typed, without a slip of the finger. */
export function scanCode(draft: Draft, spot: SpotKey, scanned: string, at: number): Outcome {
  return giveCode(draft, spot, scanned, { at, method: 'H5_SCAN' });
}

interface Given {
  readonly at: number | undefined;
  readonly method: 'TYPED' | 'H5_SCAN';
}

function giveCode(draft: Draft, spot: SpotKey, typed: unknown, { at, method }: Given): Outcome {
  const target = spotOf(draft, spot);
  if (!target || !partExists(draft, { kind: 'typeCode', spot })) return { draft, problems: [{ code: 'nothingThere' }] };
  const raw = asRawValue(typed);
  const text = typeof raw === 'string' ? raw : '';
  const key = typedCodeKey(spot);
  if (at !== undefined && isOvertaken(draft, key, 'code', at)) {
    return {
      draft: readsAs(draft, text, codesAt(draft, spot))
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
  if (read.kind !== 'ours' || isAmong(codesAt(draft, spot), read.code)) {
    return { draft: reconciled(draft, left), problems: [] };
  }
  const code = { ...read.code, method, ownership: 'unchecked' } as const;
  const coded = withCodeAt(left, spot, code, unseenCodes(left, spot));
  return { draft: reconciled(draft, coded), problems: [] };
}

/**
 * The answer to more codes in one photo than stand at a spot; where several do, each is asked for. Late, when that is no longer asked, it
 * changes nothing.
 */
export function pickCode(draft: Draft, photoId: string, codeId: string): Outcome {
  const question = draft.questions.find((one) => one.kind === 'twoCodes' && one.photoId === photoId);
  const photo = photoOf(draft, photoId);
  if (question?.kind !== 'twoCodes' || !photo) return { draft, problems: [] };
  const code = question.codes.find((one) => one.codeId === codeId);
  if (!code) return { draft, problems: [{ code: 'nothingThere' }] };
  const { spot } = question;
  const others = question.codes.filter((one) => one !== code);
  const begun = acted(draft);
  if (codesLacking(draft, spot) <= 1) {
    return { draft: reconciled(draft, putCloseup(begun, photo, spot, [code])), problems: [] };
  }
  const read = withCodeAt(begun, spot, { ...code, method: 'PHOTO_DECODE', ownership: 'unchecked' }, []);
  return { draft: reconciled(draft, takeCodes(read, photo, spot, others)), problems: [] };
}

/** The code is taken from where it stands in the own ISO when this promotion is submitted. */
export function moveCode(draft: Draft, spot: SpotKey): Outcome {
  const code = codeAskedAbout(draft, spot);
  if (code === undefined) return { draft, problems: [] };
  const moved = owned(acted(draft), spot, code, 'move');
  const done = { code: 'spotDone', spot, short: shortOf(codesAt(moved, spot)) } as const;
  return { draft: reconciled(draft, withNote(moved, done)), problems: [] };
}

/** Another code is put there: the one that was read goes, its photo is kept aside. */
export function useAnother(draft: Draft, spot: SpotKey): Outcome {
  const code = codeAskedAbout(draft, spot);
  if (code === undefined) return { draft, problems: [] };
  return { draft: reconciled(draft, withoutCode(acted(draft), spot, code)), problems: [] };
}

/** The code of a spot that stands elsewhere and is asked about first. */
function codeAskedAbout(draft: Draft, spot: SpotKey): SpotCode | undefined {
  const standing = codesAt(draft, spot).filter(({ ownership }) => ownership === 'boundHere');
  const asked = draft.questions.flatMap((one) => (one.kind === 'codeBoundHere' && one.spot === spot ? [one.code] : []));
  return standing.toSorted((one, other) => placeIn(asked, one) - placeIn(asked, other))[0];
}

function placeIn(codes: readonly Code[], code: Code): number {
  return codes.findIndex((one) => sameCode(one, code));
}

function readsAs({ flow }: Draft, text: string, codes: readonly Code[]): boolean {
  const read = readTyped(text, flow.codes);
  return read.kind === 'ours' && isAmong(codes, read.code);
}

function problemOf(draft: Draft, spot: SpotKey, text: string): Problem | undefined {
  if (text.trim() === '') return { code: 'required', field: 'code' };
  const read = readTyped(text, draft.flow.codes);
  if (read.kind === 'foreign') return { code: foreignNote(read.says), field: 'code' };
  // far likelier a slip of the finger than a code that nobody knows: a photo of that is taken
  if (read.kind !== 'ours') return { code: 'codeForeign', field: 'code' };
  const isUsed = draft.spots.some((other) => other.key !== spot && isAmong(codesOf(draft, other), read.code));
  return isUsed ? { code: 'codeUsedInThisPromotion', field: 'code' } : undefined;
}

function owned(draft: Draft, spot: SpotKey, code: Code, ownership: SpotCode['ownership']): Draft {
  return withCodeChanged(draft, spot, code, (old) => ({ ...old, ownership }));
}

/** The spot without a code, and without the photos that show it. */
function withoutCode(draft: Draft, spot: SpotKey, code: Code): Draft {
  const shown = draft.photos.filter((photo) => isCloseupOf(draft, photo, spot, code));
  const freed = shown.reduce(
    (now, { photoId }) => movePhoto(now, photoId, { kind: 'setAside', why: 'codeTaken' }),
    draft,
  );
  return withoutCodeAt(freed, spot, code);
}

function closedFor(draft: Draft, spot: SpotKey): Draft {
  const part = draft.opened?.part;
  return part?.kind === 'typeCode' && part.spot === spot ? closed(draft) : draft;
}
