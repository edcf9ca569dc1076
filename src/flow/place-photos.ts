import type { Code } from '../domain/code.ts';
import { sameAim } from './aim.ts';
import { movePhoto, putPhoto, withNote, withQuestion } from './change.ts';
import { foreignNote } from './codes.ts';
import { codesAt, codesLacking, codesOf, freeCodes, isAmong, shortOf, unseenCodes, withCodeAt } from './codes-at.ts';
import { type SlotDefinition, type StepDefinition, stepsOf } from './definition.ts';
import type { Draft, DraftPhoto, Slot, SpotKey } from './draft.ts';
import { codesIn, photoIn, photosBeingChecked, sameSlot, trayOf } from './lookup.ts';
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
  const free = freeCodes(draft, codes);
  const owner = draft.spots.find((spot) => codesOf(draft, spot).some((one) => isAmong(codes, one)))?.key;
  if (owner !== undefined) {
    const slot = openCloseup(draft, owner);
    if (free.length > 0 && codesLacking(draft, owner) > 0) return takeCodes(draft, photo, owner, free);
    if (slot !== undefined) return putPhoto(draft, photo, slot);
  }
  if (free.length === 0) return owner === undefined ? draft : placeInPlainSlot(draft, photo, owner);
  const target = spotLackingCode(draft, photo);
  return target === undefined ? draft : takeCodes(draft, photo, target, free);
}

/** The photo is a close-up of that spot; where more codes are in it than the spot wants, it is asked which. */
export function takeCodes(draft: Draft, photo: DraftPhoto, spot: SpotKey, free: readonly Code[]): Draft {
  if (free.length <= Math.max(1, codesLacking(draft, spot))) return putCloseup(draft, photo, spot, free);
  const asked = movePhoto(draft, photo.photoId, { kind: 'asked' });
  return withQuestion(asked, { kind: 'twoCodes', photoId: photo.photoId, spot, codes: free });
}

/** The photo is a close-up of that spot, and these codes are read. */
export function putCloseup(
  draft: Draft,
  photo: DraftPhoto,
  spot: SpotKey,
  codes: readonly Code[],
  {
    slot = openCloseup(draft, spot) ?? closeupsOf(draft, spot).at(-1),
    instead = unseenCodes(draft, spot),
  }: Replaced = {},
): Draft {
  if (!slot) return draft;
  const before = codesAt(draft, spot);
  const news = codes.filter((one) => !isAmong(before, one));
  const read = news.reduce(
    (now, code) => withCodeAt(now, spot, { ...code, method: 'PHOTO_DECODE', ownership: 'unchecked' }, instead),
    draft,
  );
  const put = putPhoto(read, photo, slot);
  if (news.length === 0) return put;
  const unknown = news.find((code) => code.unknown);
  if (unknown) return withNote(put, { code: 'codeUnknown', spot, short: unknown.short });
  const isReplaced = before.length > 0 && codesAt(read, spot).length === before.length;
  return isReplaced ? withNote(put, { code: 'codeReplaced', spot, short: shortOf(news) }) : put;
}

/** What a close-up replaces: the photo in a slot, and codes that stood at the spot. */
interface Replaced {
  readonly slot?: Slot | undefined;
  readonly instead?: readonly Code[] | undefined;
}

function placeWithoutCode(draft: Draft, photo: DraftPhoto): Draft {
  const aimed = openScreens(draft).find(({ step, spot }) => step === photo.aim.step && spot === photo.aim.spot);
  const others = photo.aim.past ? [] : openScreens(draft).filter((screen) => screen !== aimed);
  for (const screen of aimed ? [aimed, ...others] : others) {
    const slots = plainSlots(draft, screen);
    const free = slots.find((one) => photoIn(draft, one) === undefined);
    if (free === undefined) continue;
    const put = inTurn(draft, photo, slots.slice(0, slots.indexOf(free))) ?? putPhoto(draft, photo, free);
    return noted(put, photo, free.spot);
  }
  if (aimed) {
    const closeup = placeAsUnreadCloseup(draft, photo, aimed);
    return closeup === draft ? draft : (inTurn(draft, photo, plainSlots(draft, aimed)) ?? closeup);
  }
  return photo.aim.past ? draft : placeBesideTypedCode(draft, photo);
}

/**
 * Photos without a code fill their places in the order in which they were sent: one that comes late takes the place of one that was
 * sent after it, which goes on to the next. Undefined where there is no such one.
 */
function inTurn(draft: Draft, photo: DraftPhoto, slots: readonly Slot[]): Draft | undefined {
  if ((photo.kept?.unknown ?? []).length > 0) return undefined;
  const slot = slots.find((one) => isSentAfter(photoIn(draft, one), photo));
  const later = slot && photoIn(draft, slot);
  return later && putPhoto(movePhoto(draft, later.photoId, { kind: 'tray' }), photo, slot);
}

/** Where both were sent for the same, and none of them to stand in place of another. */
function isSentAfter(placed: DraftPhoto | undefined, { at, aim }: DraftPhoto): boolean {
  if (placed === undefined || placed.at <= at) return false;
  return (
    sameAim(placed.aim, aim) &&
    placed.aim.replaces === undefined &&
    placed.aim.slot === undefined &&
    codesIn(placed).length === 0
  );
}

/** Only a close-up is missing where the person stands, and nothing else is on its way: this was meant to be it. */
function placeAsUnreadCloseup(draft: Draft, photo: DraftPhoto, { spot }: Screen): Draft {
  if (spot === undefined || photosBeingChecked(draft) > 0) return draft;
  const slot = openCloseup(draft, spot);
  const lacks = codesLacking(draft, spot) > 0;
  if (!lacks && (slot === undefined || photoIn(draft, slot) !== undefined)) return draft;
  const unknown = photo.kept?.unknown ?? [];
  if (lacks && unknown.length > 0) return putUnknown(draft, photo, spot, unknown);
  const swapped = !lacks || photo.kept?.foreign ? undefined : swappedWithUnknown(draft, photo, spot);
  if (swapped !== undefined) return swapped;
  if (photo.kept?.foreign) {
    const aside = movePhoto(draft, photo.photoId, { kind: 'setAside', why: 'foreign' });
    return withNote(aside, { code: foreignNote(photo.kept.says), photoId: photo.photoId, spot });
  }
  // one in which a code was read stays where this one shows none
  const put = slot
    ? putPhoto(draft, photo, slot)
    : movePhoto(draft, photo.photoId, { kind: 'setAside', why: 'replaced' });
  if (!lacks) return put;
  const notes = put.notes.filter(({ code, photoId }) => code !== 'photoKept' || photoId !== photo.photoId);
  return withNote({ ...put, notes }, { code: 'codeUnreadable', photoId: photo.photoId, spot });
}

/** A code that nobody knows stands at the spot, as long as no other one is read there. */
function putUnknown(draft: Draft, photo: DraftPhoto, spot: SpotKey, codes: readonly Code[]): Draft {
  const free = freeCodes(draft, codes);
  return free.length === 0 ? draft : takeCodes(draft, photo, spot, free);
}

/** The photo with a code that nobody knows came first and fills the place of this one: it is the close-up. */
function swappedWithUnknown(draft: Draft, photo: DraftPhoto, spot: SpotKey): Draft | undefined {
  const closeups = closeupsOf(draft, spot);
  const shows = ({ where, kept }: DraftPhoto): boolean =>
    where.kind === 'slot' &&
    where.slot.spot === spot &&
    !closeups.some((slot) => sameSlot(slot, where.slot)) &&
    freeCodes(draft, kept?.unknown ?? []).length > 0;
  const closeup = draft.photos.find(shows);
  if (closeup?.where.kind !== 'slot' || closeup.kept?.unknown === undefined) return undefined;
  const { slot } = closeup.where;
  const freed = movePhoto(draft, closeup.photoId, { kind: 'tray' });
  return putPhoto(putUnknown(freed, closeup, spot, closeup.kept.unknown), photo, slot);
}

/** A close-up whose codes were typed needs no code in it. */
function placeBesideTypedCode(draft: Draft, photo: DraftPhoto): Draft {
  if (photosBeingChecked(draft) > 0 || photo.kept?.foreign) return draft;
  for (const { key } of draft.spots) {
    const slot = closeupsOf(draft, key).find((one) => photoIn(draft, one) === undefined);
    if (slot && codesLacking(draft, key) === 0) return putPhoto(draft, photo, slot);
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
  const lacks = (spot: SpotKey) => codesLacking(draft, spot) > 0;
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

/** The slots of a spot's close-ups, in a flow that has codes. */
function closeupsOf(draft: Draft, spot: SpotKey): readonly Slot[] {
  const slots = stepsOf(draft).flatMap((step: StepDefinition) => (step.repeats ? step.slots : []));
  return slots.filter(({ showsCode }) => showsCode).map(({ name }) => slotAt(name, spot));
}

/** The first close-up that is missing, or that shows no code of its spot. */
function openCloseup(draft: Draft, spot: SpotKey): Slot | undefined {
  const codes = codesAt(draft, spot);
  return closeupsOf(draft, spot).find((slot) => !codesIn(photoIn(draft, slot)).some((one) => isAmong(codes, one)));
}

function closeupIsMissing(draft: Draft, spot: SpotKey): boolean {
  return closeupsOf(draft, spot).some((slot) => photoIn(draft, slot) === undefined);
}

function definitionOf(draft: Draft, id: string): readonly SlotDefinition[] {
  return stepsOf(draft).find((step) => step.id === id)?.slots ?? [];
}

/** Another QR code beside the shop's till is common: the photo is kept, and the person is told what it is not. */
function noted(draft: Draft, photo: DraftPhoto, spot: SpotKey | undefined): Draft {
  if (!photo.kept?.foreign || spot === undefined || codesLacking(draft, spot) === 0) return draft;
  return withNote(draft, { code: foreignNote(photo.kept.says), photoId: photo.photoId, spot });
}
