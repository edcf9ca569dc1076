import type { MarketingCode } from '../domain/marketing-code.ts';
import { movePhoto, putPhoto, withNote, withQuestion, withSpot } from './change.ts';
import { type SlotDefinition, type StepDefinition, stepsOf } from './definition.ts';
import type { Draft, DraftPhoto, SpotKey } from './draft.ts';
import { photoIn, photosBeingChecked, sameSlot, spotOf, trayOf } from './lookup.ts';
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

function placeWithCode(draft: Draft, photo: DraftPhoto, codes: readonly MarketingCode[]): Draft {
  const owner = draft.spots.find(({ code }) => codes.some(({ codeId }) => codeId === code?.codeId));
  if (owner) {
    const slot = codeSlot(draft, owner.key);
    if (slot && !showsCode(draft, owner.key)) return putPhoto(draft, photo, slot);
  }
  const free = codes.filter(({ codeId }) => draft.spots.every(({ code }) => code?.codeId !== codeId));
  if (free.length === 0) return owner ? placeInPlainSlot(draft, photo, owner.key) : draft;
  const target = spotLackingCode(draft, photo);
  if (target === undefined) return draft;
  const [only] = free;
  if (free.length === 1 && only) return putCloseup(draft, photo, target, only);
  const asked = movePhoto(draft, photo.photoId, { kind: 'asked' });
  return withQuestion(asked, { kind: 'twoCodes', photoId: photo.photoId, spot: target, codes: free });
}

/** The photo is the close-up of that spot, and its code is read. */
export function putCloseup(draft: Draft, photo: DraftPhoto, spot: SpotKey, code: MarketingCode): Draft {
  const slot = codeSlot(draft, spot);
  if (!slot) return draft;
  const before = spotOf(draft, spot)?.code;
  if (before?.codeId === code.codeId) return putPhoto(draft, photo, slot);
  const read = withSpot(draft, spot, (old) => ({
    ...old,
    code: { ...code, method: 'PHOTO_DECODE', ownership: 'unchecked' },
  }));
  const put = putPhoto(read, photo, slot);
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
  if (photo.kept?.foreign) {
    const aside = movePhoto(draft, photo.photoId, { kind: 'setAside', why: 'foreign' });
    return withNote(aside, { code: 'codeForeign', photoId: photo.photoId, spot });
  }
  const put = putPhoto(draft, photo, slot);
  if (typed) return put;
  const notes = put.notes.filter(({ code, photoId }) => code !== 'photoKept' || photoId !== photo.photoId);
  return withNote({ ...put, notes }, { code: 'codeUnreadable', photoId: photo.photoId, spot });
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
  return photo?.kept?.codes.some(({ codeId }) => codeId === code?.codeId) ?? false;
}

function definitionOf(draft: Draft, id: string): readonly SlotDefinition[] {
  return stepsOf(draft).find((step) => step.id === id)?.slots ?? [];
}

/** Another QR code beside the shop's till is common: the photo is kept, and the person is told what it is not. */
function noted(draft: Draft, photo: DraftPhoto, spot: SpotKey | undefined): Draft {
  if (!photo.kept?.foreign || spot === undefined || spotOf(draft, spot)?.code !== undefined) return draft;
  return withNote(draft, { code: 'codeForeign', photoId: photo.photoId, spot });
}
