import type { PhotoVerdict, Received } from '../flow/engine.ts';
import type { Assignment, Inspection, InspectionPhoto, PhotoSlot } from './inspection.ts';
import { acted } from './parts.ts';
import { type IncomingPhoto, photoChecked, withPhotoExpected } from './photos.ts';
import { missingParts, slotOf } from './place.ts';
import { photoIn, photosWaitedFor, sameSlot } from './slots.ts';

/** The photos that may be of another shop, in the order sent; what a reviewer has seen of them stays. */
export function photosThatMayLeave({ photos }: Inspection): readonly InspectionPhoto[] {
  return photos.filter(({ where }) => {
    if (where.kind === 'kept') return where.rejected === undefined;
    return where.kind === 'setAside' && (where.why === 'notAsked' || where.why === 'notThisShop');
  });
}

/** The photo is of other work: it goes, and its place is asked for again. */
export function photoLeaves(inspection: Inspection, photoId: string): Inspection {
  const photo = leaving(inspection, photoId);
  if (photo === undefined) return inspection;
  return { ...acted(inspection), photos: inspection.photos.filter((one) => one !== photo) };
}

/** The photo is of other work that is not there to take it: it stays, kept and not used. */
export function photoPutAside(inspection: Inspection, photoId: string): Inspection {
  const photo = leaving(inspection, photoId);
  if (photo === undefined) return inspection;
  const aside: InspectionPhoto = { ...photo, where: { kind: 'setAside', why: 'notThisShop' } };
  return { ...acted(inspection), photos: inspection.photos.map((one) => (one === photo ? aside : one)) };
}

/** A photo comes from other work: for the spot whose code it shows, else for the first place that has none. */
export function photoComes(
  inspection: Inspection,
  assignment: Assignment,
  photo: IncomingPhoto,
  verdict: PhotoVerdict,
): Inspection {
  const expected = withPhotoExpected(acted(inspection), photo, firstOpenSlot(inspection, assignment));
  return photoChecked(expected, assignment, photo.photoId, verdict);
}

export function receivedAs({ photos }: Inspection, photoId: string): Received {
  return photos.find((photo) => photo.photoId === photoId)?.where.kind === 'kept' ? 'used' : 'aside';
}

function leaving(inspection: Inspection, photoId: string): InspectionPhoto | undefined {
  return photosThatMayLeave(inspection).find((photo) => photo.photoId === photoId);
}

function firstOpenSlot(inspection: Inspection, assignment: Assignment): PhotoSlot | undefined {
  const waited = photosWaitedFor(inspection);
  const slots = missingParts(inspection, assignment).flatMap((part) => slotOf(part, assignment) ?? []);
  return slots.find(
    (slot) => photoIn(inspection, assignment, slot) === undefined && !waited.some((other) => sameSlot(other, slot)),
  );
}
