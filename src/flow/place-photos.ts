import { type Code, sameCode } from '../domain/code.ts';
import { movePhoto, putPhoto, withNote, withQuestion, withSpot } from './change.ts';
import { foreignNote } from './codes.ts';
import { type SlotDefinition, type StepDefinition, stepsOf } from './definition.ts';
import type { Draft, DraftPhoto, SpotKey } from './draft.ts';
import { codesIn, photoIn, photosBeingChecked, sameSlot, spotOf, trayOf } from './lookup.ts';
import { type Screen, screenLacks, screensOf, slotAt } from './screens.ts';

/** Puts every photo of the tray that has a place now into it, by running number, until none has. */
export function placeTray(draft: Draft): Draft {
  let now = draft;
  for (let moved = true; moved; ) {
    moved = false;
    for (const photo of trayOf(now)) {
      const next = placePhoto(now, photo);
      if (next === now) continue;
      now = next;
      moved = true;
      break;
    }
  }
  return now;
}

/** The same draft when the photo has no place yet. */
function placePhoto(draft: Draft, photo: DraftPhoto): Draft {
  const codes = photo.kept?.codes ?? [];
  return codes.length > 0 ? placeWithCode(draft, photo, codes) : placeWithoutCode(draft, photo);
}

function placeWithCode(draft: Draft, photo: DraftPhoto, codes: readonly Code[]): Draft {
  const owner = draft.spots.find(({ code }) => codes.some((one) => sameCode(one, code)));
  if (owner) {
    const slot = codeSlot(draft, owner.key);
    if (slot && !showsCode(draft, owner.key)) return putPhoto(draft, photo, slot);
  }
  const free = codes.filter((one) => draft.spots.every(({ code }) => !sameCode(one, code)));
  if (free.length === 0) return owner ? placeInPlainSlot(draft, photo, owner.key) : draft;
  const target = spotLackingCode(draft, photo);
  if (target === undefined) return draft;
  const [only] = free;
  if (free.length === 1 && only) return putCloseup(draft, photo, target, only);
  const asked = movePhoto(draft, photo.photoId, { kind: 'asked' });
  return withQuestion(asked, { kind: 'twoCodes', photoId: photo.photoId, spot: target, codes: free });
}

/** The photo is the close-up of that spot, and its code is read. */
export function putCloseup(draft: Draft, photo: DraftPhoto, spot: SpotKey, code: Code): Draft {
  const slot = codeSlot(draft, spot);
  if (!slot) return draft;
  const before = spotOf(draft, spot)?.code;
  if (sameCode(code, before)) return putPhoto(draft, photo, slot);
  const read = withSpot(draft, spot, (old) => ({
    ...old,
    code: { ...code, method: 'PHOTO_DECODE', ownership: 'unchecked' },
  }));
  const put = putPhoto(read, photo, slot);
  if (code.unknown) return withNote(put, { code: 'codeUnknown', spot, short: code.short });
  return before ? withNote(put, { code: 'codeReplaced', spot, short: code.short }) : put;
}

function placeWithoutCode(draft: Draft, photo: DraftPhoto): Draft {
  const aimed = openScreens(draft).find(({ step, spot }) => step === photo.aim.step && spot === photo.aim.spot);
  const others = photo.aim.past ? [] : openScreens(draft).filter((screen) => screen !== aimed);
  for (const screen of aimed ? [aimed, ...others] : others) {
    const slot = plainSlots(draft, screen).find((one) => photoIn(draft, one) === undefined);
    if (slot) return noted(putPhoto(draft, photo, slot), photo, slot.spot);
  }
  if (aimed) return placeAsUnreadCloseup(draft, photo, aimed);
  return photo.aim.past ? draft : placeBesideTypedCode(draft, photo);
}

/** Only the close-up is missing where the person stands, and nothing else is on its way: this was meant to be it. */
function placeAsUnreadCloseup(draft: Draft, photo: DraftPhoto, { spot }: Screen): Draft {
  const slot = spot === undefined ? undefined : codeSlot(draft, spot);
  if (spot === undefined || !slot || showsCode(draft, spot) || photosBeingChecked(draft) > 0) return draft;
  const typed = spotOf(draft, spot)?.code !== undefined;
  if (typed && photoIn(draft, slot) !== undefined) return draft;
  const unknown = photo.kept?.unknown ?? [];
  if (!typed && unknown.length > 0) return putUnknown(draft, photo, spot, unknown);
  const swapped = typed || photo.kept?.foreign ? undefined : swappedWithUnknown(draft, photo, spot);
  if (swapped !== undefined) return swapped;
  if (photo.kept?.foreign) {
    const aside = movePhoto(draft, photo.photoId, { kind: 'setAside', why: 'foreign' });
    return withNote(aside, { code: foreignNote(photo.kept.says), photoId: photo.photoId, spot });
  }
  const put = putPhoto(draft, photo, slot);
  if (typed) return put;
  const notes = put.notes.filter(({ code, photoId }) => code !== 'photoKept' || photoId !== photo.photoId);
  return withNote({ ...put, notes }, { code: 'codeUnreadable', photoId: photo.photoId, spot });
}

/** A code that nobody knows stands at the spot, as long as no other one is read there. */
function putUnknown(draft: Draft, photo: DraftPhoto, spot: SpotKey, codes: readonly Code[]): Draft {
  const free = codes.filter((one) => draft.spots.every(({ code }) => !sameCode(one, code)));
  const [only, another] = free;
  if (only === undefined) return draft;
  if (another !== undefined) {
    const asked = movePhoto(draft, photo.photoId, { kind: 'asked' });
    return withQuestion(asked, { kind: 'twoCodes', photoId: photo.photoId, spot, codes: free });
  }
  return putCloseup(draft, photo, spot, only);
}

/** The photo with a code that nobody knows came first and fills the place of this one: it is the close-up. */
function swappedWithUnknown(draft: Draft, photo: DraftPhoto, spot: SpotKey): Draft | undefined {
  const shows = ({ where, kept }: DraftPhoto): boolean =>
    where.kind === 'slot' && where.slot.spot === spot && (kept?.unknown?.length ?? 0) > 0;
  const closeup = draft.photos.find(shows);
  if (closeup?.where.kind !== 'slot' || closeup.kept?.unknown === undefined) return undefined;
  const { slot } = closeup.where;
  const freed = movePhoto(draft, closeup.photoId, { kind: 'tray' });
  return putPhoto(putUnknown(freed, closeup, spot, closeup.kept.unknown), photo, slot);
}

/** A close-up whose code was typed needs no code in it. */
function placeBesideTypedCode(draft: Draft, photo: DraftPhoto): Draft {
  if (photosBeingChecked(draft) > 0 || photo.kept?.foreign) return draft;
  for (const { key, code } of draft.spots) {
    const slot = codeSlot(draft, key);
    if (code && slot && photoIn(draft, slot) === undefined) return putPhoto(draft, photo, slot);
  }
  return draft;
}

/** The photo shows a code that its spot has already: it can still be the one of the place. */
function placeInPlainSlot(draft: Draft, photo: DraftPhoto, spot: SpotKey): Draft {
  const screen = openScreens(draft).find((one) => one.spot === spot);
  const slot = screen && plainSlots(draft, screen).find((one) => photoIn(draft, one) === undefined);
  return slot ? putPhoto(draft, photo, slot) : draft;
}

/** The spot whose close-up this is: where the person stood, else the first one without a code. */
function spotLackingCode(draft: Draft, photo: DraftPhoto): SpotKey | undefined {
  const spots = openScreens(draft).flatMap(({ spot }) => (spot === undefined ? [] : [spot]));
  const lacks = (spot: SpotKey) => spotOf(draft, spot)?.code === undefined;
  const { spot: aimed, past } = photo.aim;
  if (past) return spots.find((spot) => spot === aimed && lacks(spot));
  if (aimed !== undefined && spots.includes(aimed) && (lacks(aimed) || closeupIsMissing(draft, aimed))) return aimed;
  return spots.find(lacks);
}

/** Photo screens whose form is saved; the front of the shop needs none. */
function openScreens(draft: Draft): readonly Screen[] {
  return screensOf(draft).filter(
    (screen) =>
      screen.kind === 'photos' && (screen.spot === undefined || !screenLacks(draft, { ...screen, kind: 'form' })),
  );
}

function plainSlots(draft: Draft, { step, spot }: Screen) {
  return definitionOf(draft, step)
    .filter(({ required, showsCode }) => required && !showsCode)
    .map(({ name }) => slotAt(name, spot));
}

/** The slot of a spot's close-up, in a flow that has codes. */
function codeSlot(draft: Draft, spot: SpotKey) {
  const slots = stepsOf(draft).flatMap((step: StepDefinition) => (step.repeats ? step.slots : []));
  const found = slots.find(({ showsCode }) => showsCode);
  return found && slotAt(found.name, spot);
}

function closeupIsMissing(draft: Draft, spot: SpotKey): boolean {
  const slot = codeSlot(draft, spot);
  return slot !== undefined && photoIn(draft, slot) === undefined;
}

/** Whether the close-up that stands there shows the spot's code. */
function showsCode(draft: Draft, spot: SpotKey): boolean {
  const slot = codeSlot(draft, spot);
  const photo = slot && draft.photos.find(({ where }) => where.kind === 'slot' && sameSlot(where.slot, slot));
  const code = spotOf(draft, spot)?.code;
  return codesIn(photo).some((one) => sameCode(one, code));
}

function definitionOf(draft: Draft, id: string): readonly SlotDefinition[] {
  return stepsOf(draft).find((step) => step.id === id)?.slots ?? [];
}

/** Another QR code beside the shop's till is common: the photo is kept, and the person is told what it is not. */
function noted(draft: Draft, photo: DraftPhoto, spot: SpotKey | undefined): Draft {
  if (!photo.kept?.foreign || spot === undefined || spotOf(draft, spot)?.code !== undefined) return draft;
  return withNote(draft, { code: foreignNote(photo.kept.says), photoId: photo.photoId, spot });
}
