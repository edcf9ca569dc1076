import { aimOf } from './aim.ts';
import { acted, movePhoto, putPhoto, withNote, withoutQuestions, withPhoto } from './change.ts';
import { foreignNote, type NoteCode, type Refusal, type Weakness } from './codes.ts';
import { codesAt, codesLacking, freeCodes, isAmong, unseenCodes } from './codes-at.ts';
import { type StepId, slotOf, stepsOf } from './definition.ts';
import type { Aim, Draft, DraftPhoto, KeptPhoto, Outcome, Slot, SpotCode, SpotKey } from './draft.ts';
import { codesIn, isRenewed, photoIn, photoOf, photosBeingChecked, spotOf, trayOf } from './lookup.ts';
import { putCloseup } from './place-photos.ts';
import { readAll } from './read-again.ts';
import { reconciled } from './reconcile.ts';
import { slotsWanted } from './screens.ts';

/** What the check of a picture found. */
export type PhotoVerdict =
  | {
      readonly ok: true;
      readonly sha256: string;
      /** Payloads of every QR code in it, as they are. */
      readonly codes: readonly string[];
      readonly weaknesses: readonly Weakness[];
      /** It backs another store or spot of the ISO already (domain A.12-11). */
      readonly usedBefore?: boolean | undefined;
    }
  | { readonly ok: false; readonly reason: Refusal };

/** Whether a verdict counts: it is the first one, or an operator had a photo that could not be read checked again. */
export function isNews(verdict: PhotoVerdict, where: { readonly kind: string; readonly why?: string }): boolean {
  if (where.kind === 'checking') return true;
  return where.kind === 'refused' && where.why === 'cannotBeRead' && (verdict.ok || verdict.reason !== 'cannotBeRead');
}

export const REFUSAL_NOTES: Readonly<Record<Refusal, NoteCode>> = {
  notAnImage: 'photoNotAnImage',
  unsupportedFormat: 'photoFormat',
  tooSmall: 'photoTooSmall',
  tooBig: 'photoTooBig',
  tooHeavy: 'photoTooHeavy',
  unreadable: 'photoUnreadable',
  cannotBeRead: 'photoCannotBeRead',
  expired: 'photoExpired',
};

/** Reserves the place of a photo that has just come: where the person stands now, or stood then. The same photo again changes nothing. */
export function expectPhoto(
  draft: Draft,
  photo: { photoId: string; seq: number; at: number },
  aim: Aim = aimOf(draft),
): Draft {
  if (photoOf(draft, photo.photoId)) return draft;
  const expected: DraftPhoto = { ...photo, aim, where: { kind: 'checking' } };
  const photos = [...draft.photos, expected].sort((a, b) => a.seq - b.seq);
  return { ...withoutQuestions(draft, ({ kind }) => kind === 'confirmDoubts'), photos };
}

/** Applies the verdict on a photo: once, in running-number order as a rule, safe in any order. */
export function photoChecked(draft: Draft, photoId: string, verdict: PhotoVerdict): Draft {
  const photo = photoOf(draft, photoId);
  if (photo === undefined || !isNews(verdict, photo.where)) return draft;
  if (!verdict.ok) {
    const refused = movePhoto(draft, photoId, { kind: 'refused', why: verdict.reason });
    return reconciled(
      draft,
      withNote(refused, { code: REFUSAL_NOTES[verdict.reason], photoId, ...slotAimedAt(photo) }),
    );
  }
  const kept = keptPhoto(draft, verdict);
  const isRepeated = draft.photos.some((other) => other.kept?.sha256 === kept.sha256 && isInUse(other));
  const known = withPhoto(draft, photoId, { kept, where: { kind: 'tray' } });
  if (isRepeated) return setAside(draft, known, photoId, 'repeated', 'samePhoto');
  if (verdict.usedBefore) return setAside(draft, known, photoId, 'usedBefore', 'photoUsedBefore');
  const placed = reconciled(draft, (photo.aim.slot === undefined ? replaced : takenFor)(known, { ...photo, kept }));
  if (photosBeingChecked(placed) > 0) return placed;
  const settled = trayOf(placed).reduce((now, one) => (hasNoPlace(now, one) ? tooLate(now, one) : now), placed);
  return photoOf(settled, photoId)?.where.kind === 'tray'
    ? withNote(settled, { code: 'photoForLater', photoId })
    : settled;
}

/** A photo that stands somewhere in the draft was submitted for another store or spot meanwhile (domain A.12-11): it is set aside. */
export function photoUsedElsewhere(draft: Draft, photoId: string): Draft {
  if (photoOf(draft, photoId)?.where.kind !== 'slot') return draft;
  return setAside(draft, draft, photoId, 'usedBefore', 'photoUsedBefore');
}

/** The person keeps a weak photo. */
export function keepPhoto(draft: Draft, photoId: string): Outcome {
  const kept = photoOf(draft, photoId)?.kept;
  if (!kept) return { draft, problems: [{ code: 'nothingThere' }] };
  if (kept.accepted) return { draft, problems: [] };
  const accepted = withPhoto(acted(draft), photoId, { kept: { ...kept, accepted: true } });
  return { draft: reconciled(draft, accepted), problems: [] };
}

/**
 * A photo that was taken for one slot stands there, whichever code happens to be in the view of a place: only in the close-up codes are read. It
 * goes nowhere where that slot is gone, or has one that was taken later.
 */
function takenFor(draft: Draft, photo: DraftPhoto): Draft {
  const { photoId, at, aim } = photo;
  const { slot } = aim;
  if (slot === undefined || !isThere(draft, aim.step, slot)) return tooLate(draft, photo);
  if ((photoIn(draft, slot)?.at ?? at) > at) return movePhoto(draft, photoId, { kind: 'setAside', why: 'replaced' });
  if (!showsCode(draft, slot)) return putPhoto(draft, photo, slot);
  const put = replaced(draft, { ...photo, aim: { ...aim, replaces: [slot] } });
  const { spot } = slot;
  const isUnread = photoIn(put, slot)?.photoId === photoId && codesIn(photo).length === 0;
  if (!isUnread || spot === undefined || codesLacking(put, spot) === 0) return put;
  return withNote(put, { code: 'codeUnreadable', photoId, spot });
}

function isThere(draft: Draft, step: StepId | undefined, { name, spot }: Slot): boolean {
  const definition = stepsOf(draft).find(({ id }) => id === step);
  if (definition === undefined || slotOf(definition, name) === undefined) return false;
  return definition.repeats ? spotOf(draft, spot) !== undefined : spot === undefined;
}

/** A photo that was meant for a slot goes there, whatever stands in it; else the draft as it is, the photo in the tray. */
function replaced(draft: Draft, photo: DraftPhoto): Draft {
  const slots = (photo.aim.replaces ?? []).filter((slot) => mayReplace(draft, photo, slot));
  const closeups = slots.filter((slot) => showsCode(draft, slot));
  const plains = slots.filter((slot) => !showsCode(draft, slot));
  const plain = plains.find((slot) => !isRenewed(draft, slot)) ?? plains[0];
  const codes = photo.kept?.codes ?? [];
  const showing = closeupToReplace(draft, photo, closeups);
  if (codes.length === 0) {
    if (plain) return putPhoto(draft, photo, plain);
    return showing ? (replacedUnknown(draft, photo, showing) ?? replacedUnread(draft, photo, showing)) : draft;
  }
  const own = codesAt(draft, showing?.spot ?? plain?.spot).some((one) => isAmong(codes, one));
  if (showing?.spot !== undefined) {
    const instead = codesReplaced(draft, photo, showing, showing.spot);
    const free = freeCodes(draft, codes);
    const room = codesLacking(draft, showing.spot) + instead.length;
    if (free.length > 0 && free.length <= room)
      return putCloseup(draft, photo, showing.spot, free, { slot: showing, instead });
    return own ? putPhoto(draft, photo, showing) : draft;
  }
  return plain && (plain.spot === undefined || own) ? putPhoto(draft, photo, plain) : draft;
}

/** Of several close-ups the one with the same code, else the first that was not renewed yet. */
function closeupToReplace(draft: Draft, { kept }: DraftPhoto, closeups: readonly Slot[]): Slot | undefined {
  const codes = codesIn({ kept });
  const same = closeups.find((slot) => codesIn(photoIn(draft, slot)).some((one) => isAmong(codes, one)));
  return same ?? closeups.find((slot) => !isRenewed(draft, slot)) ?? closeups[0];
}

/** The codes of a spot that only the photo in this slot shows, or none, and not the new one: they go with it. */
function codesReplaced(draft: Draft, { kept }: DraftPhoto, slot: Slot, spot: SpotKey): readonly SpotCode[] {
  const stays = codesIn({ kept });
  return unseenCodes(draft, spot, photoIn(draft, slot)).filter((one) => !isAmong(stays, one));
}

/** A photo that came late does not replace one that was sent after it. */
function mayReplace(draft: Draft, { at }: DraftPhoto, slot: Slot): boolean {
  if (slot.spot !== undefined && spotOf(draft, slot.spot) === undefined) return false;
  return (photoIn(draft, slot)?.at ?? at) <= at;
}

/** It came late, and what it was meant for is filled, or gone: whatever opens later was not asked for when it was sent. */
function hasNoPlace(draft: Draft, { aim: { step, spot, past } }: DraftPhoto): boolean {
  if (past !== true) return false;
  const isGone = step === undefined || (spot !== undefined && spotOf(draft, spot) === undefined);
  return isGone || slotsWanted(draft, step, spot).length === 0;
}

function tooLate(draft: Draft, { photoId }: DraftPhoto): Draft {
  return setAside(draft, draft, photoId, 'late', 'photoLate');
}

/** A close-up with a code that nobody knows replaces another such, and one in which none was read. */
function replacedUnknown(draft: Draft, photo: DraftPhoto, slot: Slot): Draft | undefined {
  if (slot.spot === undefined) return undefined;
  const codes = photo.kept?.unknown ?? [];
  const free = freeCodes(draft, codes);
  const instead = codesReplaced(draft, photo, slot, slot.spot).filter((one) => one.unknown);
  const room = codesLacking(draft, slot.spot) + instead.length;
  if (free.length > 0 && free.length <= room) return putCloseup(draft, photo, slot.spot, free, { slot, instead });
  return codesAt(draft, slot.spot).some((one) => isAmong(codes, one)) ? putPhoto(draft, photo, slot) : undefined;
}

/** A better close-up in which no code is read does not replace one in which it was, but one whose code was typed. */
function replacedUnread(draft: Draft, photo: DraftPhoto, slot: Slot): Draft {
  if (codesIn(photoIn(draft, slot)).length === 0 && !photo.kept?.foreign) return putPhoto(draft, photo, slot);
  const aside = movePhoto(draft, photo.photoId, {
    kind: 'setAside',
    why: photo.kept?.foreign ? 'foreign' : 'replaced',
  });
  const code = photo.kept?.foreign ? foreignNote(photo.kept.says) : 'codeUnreadable';
  return withNote(aside, { code, photoId: photo.photoId });
}

function setAside(
  before: Draft,
  known: Draft,
  photoId: string,
  why: 'repeated' | 'usedBefore' | 'late',
  code: NoteCode,
): Draft {
  const aside = movePhoto(known, photoId, { kind: 'setAside', why });
  return reconciled(before, withNote(aside, { code, photoId }));
}

/** In a flow without codes a code that happens to be in a picture says nothing. */
function keptPhoto(draft: Draft, { sha256, codes, weaknesses }: Extract<PhotoVerdict, { ok: true }>): KeptPhoto {
  const said = stepsOf(draft).some(({ code }) => code) ? codes : [];
  const read = readAll(said, draft.flow.codes);
  // A close-up whose code was read is large enough (domain A.5).
  const weak = [...new Set(weaknesses)].filter((weakness) => weakness !== 'small' || read.codes.length === 0);
  return { sha256, ...read, weaknesses: weak, accepted: false };
}

function isInUse({ where }: DraftPhoto): boolean {
  return where.kind === 'slot' || where.kind === 'tray' || where.kind === 'asked';
}

function showsCode(draft: Draft, slot: Slot): boolean {
  return stepsOf(draft).some((step) => slotOf(step, slot.name)?.showsCode === true);
}

function slotAimedAt({ aim }: DraftPhoto): { spot?: string | undefined; slot?: Slot | undefined } {
  const [slot] = aim.replaces ?? [];
  return { spot: aim.spot, slot };
}
