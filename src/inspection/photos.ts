import { type History, heldAt } from '../domain/since.ts';
import type { NoteCode, Refusal } from '../flow/codes.ts';
import { isNews, type PhotoVerdict } from '../flow/engine.ts';
import { readAll } from '../flow/read-again.ts';
import { isFormPart } from './forms.ts';
import type { Assignment, Inspection, InspectionNote, InspectionPhoto, PaymentMode, PhotoSlot } from './inspection.ts';
import { placeOf, slotOf } from './place.ts';
import { compareCode, hashesIn, sameSlot } from './slots.ts';

/** A photo that has just come; its place is kept, what it shows is said by its check. */
export interface IncomingPhoto {
  readonly photoId: string;
  readonly seq: number;
  readonly at: number;
}

/**
 * Reserves a place for a photo: it is for what the card asked when it was sent, by what was asked since when; without that, for what
 * it asks. The same photo again changes nothing, and one that comes late stands before those that were sent after it.
 */
export function expectPhoto(
  inspection: Inspection,
  assignment: Assignment,
  photo: IncomingPhoto,
  asked: History<PhotoSlot> = [],
): Inspection {
  const wanted = asked.length === 0 ? slotAsked(inspection, assignment) : heldAt(asked, photo.at)?.value;
  const slot = wanted?.kind === 'payment' ? paymentSlot(inspection, wanted.mode, photo.at) : wanted;
  return withPhotoExpected(inspection, photo, slot);
}

/** As `expectPhoto`, for this place; undefined for none. */
export function withPhotoExpected(
  inspection: Inspection,
  photo: IncomingPhoto,
  slot: PhotoSlot | undefined,
): Inspection {
  if (inspection.photos.some(({ photoId }) => photoId === photo.photoId)) return inspection;
  const expected: InspectionPhoto = { ...photo, slot, where: { kind: 'checking' } };
  const photos = [...inspection.photos, expected].sort((one, other) => one.at - other.at || one.seq - other.seq);
  return { ...inspection, photos };
}

/** What a photo is for that is sent while this is asked; undefined where none is needed. */
export function slotAsked(inspection: Inspection, assignment: Assignment): PhotoSlot | undefined {
  return slotOf(placeOf(inspection, assignment), assignment);
}

/** Two in one message are one for each way of paying. */
export function paymentSlot({ photos }: Inspection, mode: PaymentMode, at: number): PhotoSlot {
  const slot: PhotoSlot = { kind: 'payment', mode };
  const together = photos.some((photo) => photo.at === at && sameSlot(photo.slot, slot));
  return mode === 'MPM' && together ? { kind: 'payment', mode: 'UPM' } : slot;
}

/** Applies what the check of a photo found. Late or twice, when nothing waits for it any more, it changes nothing. */
export function photoChecked(
  inspection: Inspection,
  assignment: Assignment,
  photoId: string,
  verdict: PhotoVerdict,
): Inspection {
  const photo = inspection.photos.find((one) => one.photoId === photoId);
  if (photo === undefined || !isNews(verdict, photo.where)) return inspection;
  if (!verdict.ok) return put(inspection, photo, { kind: 'refused', why: verdict.reason }, REFUSED[verdict.reason]);
  const { sha256, weaknesses } = verdict;
  if (isHere(inspection, sha256)) return put(inspection, photo, { kind: 'setAside', why: 'repeated' }, 'samePhoto');
  if (verdict.usedBefore) return put(inspection, photo, { kind: 'setAside', why: 'usedBefore' }, 'photoUsedBefore');
  const { codes, others } = readAll(verdict.codes, assignment.rules.codes);
  const kept = { kind: 'kept', sha256, codes, others, weaknesses } as const;
  const spotRef = spotOfCode(inspection, assignment, photo, hashesIn(kept, assignment));
  if (spotRef !== undefined) {
    const slot: PhotoSlot = { kind: 'spot', spotRef };
    const elsewhere = !sameSlot(photo.slot, slot);
    const placed = withPhoto(inspection, { ...photo, slot, where: kept });
    return withNote(
      closedIfDone(placed, assignment, slot),
      elsewhere ? { code: 'photoForSpot', photoId, spotRef } : { code: 'photoKept', photoId },
    );
  }
  if (photo.slot === undefined)
    return withNote(put(inspection, photo, { kind: 'setAside', why: 'notAsked' }), { code: 'photoNotNeeded', photoId });
  const [weakness] = weaknesses;
  const placed = closedIfDone(withPhoto(inspection, { ...photo, where: kept }), assignment, photo.slot);
  return withNote(
    placed,
    weakness === undefined ? { code: 'photoKept', photoId } : { code: 'weak', photoId, weakness },
  );
}

/** What is said of a picture that nothing can be made of. */
export const REFUSED: Readonly<Record<Refusal, NoteCode>> = {
  notAnImage: 'photoNotAnImage',
  unsupportedFormat: 'photoFormat',
  tooSmall: 'photoTooSmall',
  tooBig: 'photoTooBig',
  tooHeavy: 'photoTooHeavy',
  unreadable: 'photoUnreadable',
  cannotBeRead: 'photoCannotBeRead',
  expired: 'photoExpired',
};

/** One photo backs one thing: the very same again, also one that the reviewer did not accept, is of no use (domain A.12-11). */
function isHere({ photos }: Inspection, sha256: string): boolean {
  return photos.some(({ where }) => where.kind === 'kept' && where.sha256 === sha256);
}

/**
 * The spot whose submitted code is in the photo, where that tells more than what was asked: a spot that has no such photo yet, and
 * a photo of the front only where another one is there.
 */
function spotOfCode(
  inspection: Inspection,
  assignment: Assignment,
  photo: InspectionPhoto,
  hashes: ReadonlySet<string>,
): string | undefined {
  const named = assignment.spots.filter(({ codes }) => codes.some(({ hash }) => hashes.has(hash)));
  const asked = photo.slot?.kind === 'spot' ? photo.slot.spotRef : undefined;
  if (named.some(({ spotRef }) => spotRef === asked)) return asked;
  if (photo.slot?.kind === 'front' && !hasAnother(inspection, photo, photo.slot)) return undefined;
  return named.find(({ spotRef }) => compareCode(inspection, assignment, spotRef).kind !== 'same')?.spotRef;
}

function hasAnother({ photos }: Inspection, photo: InspectionPhoto, slot: PhotoSlot): boolean {
  return photos.some(
    ({ photoId, slot: its, where }) =>
      photoId !== photo.photoId && sameSlot(its, slot) && (where.kind === 'checking' || where.kind === 'kept'),
  );
}

/** A part that was opened to replace its photo is left once that is there, if all else was said; a form is left by saving it. */
function closedIfDone(inspection: Inspection, assignment: Assignment, slot: PhotoSlot): Inspection {
  const { opened, ...rest } = inspection;
  if (opened === undefined || isFormPart(opened) || !sameSlot(slotOf(opened, assignment), slot)) return inspection;
  return saidOf(inspection, slot) ? rest : inspection;
}

/** The card of shop and spot asks for more than a photo. */
function saidOf({ store, spots }: Inspection, slot: PhotoSlot): boolean {
  if (slot.kind === 'front') return store !== undefined;
  return slot.kind !== 'spot' || spots.some(({ spotRef }) => spotRef === slot.spotRef);
}

function put(
  inspection: Inspection,
  photo: InspectionPhoto,
  where: InspectionPhoto['where'],
  note?: NoteCode,
): Inspection {
  const placed = withPhoto(inspection, { ...photo, where });
  return note === undefined ? placed : withNote(placed, { code: note, photoId: photo.photoId });
}

function withPhoto(inspection: Inspection, photo: InspectionPhoto): Inspection {
  const { photos } = inspection;
  return { ...inspection, photos: photos.map((one) => (one.photoId === photo.photoId ? photo : one)) };
}

function withNote(inspection: Inspection, note: InspectionNote): Inspection {
  return { ...inspection, notes: [...inspection.notes, note] };
}
