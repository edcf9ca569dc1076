import type { MarketingCode } from '../domain/marketing-code.ts';
import type { Assignment, Inspection, InspectionPhoto, PhotoSlot } from './inspection.ts';

/** A photo that counts. */
export interface SlotPhoto {
  readonly photoId: string;
  readonly sha256: string;
  readonly codes: readonly MarketingCode[];
}

export function sameSlot(one: PhotoSlot | undefined, other: PhotoSlot | undefined): boolean {
  if (one?.kind !== other?.kind) return false;
  if (one?.kind === 'spot') return other?.kind === 'spot' && one.spotRef === other.spotRef;
  return one?.kind !== 'payment' || (other?.kind === 'payment' && one.mode === other.mode);
}

/** The photo that counts for a slot: the last in which the submitted code was read, else the last. */
export function photoIn(inspection: Inspection, assignment: Assignment, slot: PhotoSlot): SlotPhoto | undefined {
  const photos = keptIn(inspection, slot);
  const codeId = slot.kind === 'spot' ? submittedCode(assignment, slot.spotRef) : undefined;
  return photos.findLast(({ codes }) => codes.some((code) => code.codeId === codeId)) ?? photos.at(-1);
}

/** Every photo that is kept for a slot, in the order sent. */
export function keptIn({ photos }: Inspection, slot: PhotoSlot): readonly SlotPhoto[] {
  return photos.flatMap(({ photoId, slot: its, where }) =>
    where.kind === 'kept' && where.rejected === undefined && sameSlot(its, slot)
      ? [{ photoId, sha256: where.sha256, codes: where.codes }]
      : [],
  );
}

export function submittedCode({ spots }: Assignment, spotRef: string): string | undefined {
  return spots.find((spot) => spot.spotRef === spotRef)?.codeId;
}

/** How the code that was found at a spot compares with the one that was submitted. */
export type CodeComparison =
  | { readonly kind: 'noPhoto' }
  /** Nothing to compare with. */
  | { readonly kind: 'noneSubmitted' }
  | { readonly kind: 'same'; readonly short: string }
  | { readonly kind: 'other'; readonly short: string; readonly submitted: string }
  | { readonly kind: 'unread'; readonly submitted: string };

export function compareCode(inspection: Inspection, assignment: Assignment, spotRef: string): CodeComparison {
  const photo = photoIn(inspection, assignment, { kind: 'spot', spotRef });
  if (photo === undefined) return { kind: 'noPhoto' };
  const codeId = submittedCode(assignment, spotRef);
  if (codeId === undefined) return { kind: 'noneSubmitted' };
  const submitted = codeId.slice(-4);
  const [first] = photo.codes;
  if (first === undefined) return { kind: 'unread', submitted };
  if (photo.codes.some((code) => code.codeId === codeId)) return { kind: 'same', short: submitted };
  return { kind: 'other', short: first.short, submitted };
}

/** Photos that are being looked at. */
export function photosBeingChecked({ photos }: Inspection): readonly InspectionPhoto[] {
  return photos.filter(({ where }) => where.kind === 'checking');
}

/** The slots of photos that are being looked at: what stands there may change. */
export function photosWaitedFor(inspection: Inspection): readonly PhotoSlot[] {
  return photosBeingChecked(inspection).flatMap(({ slot }) => (slot === undefined ? [] : [slot]));
}
