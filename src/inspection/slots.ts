import { type Code, codeHash } from '../domain/code.ts';
import { shortOf } from '../flow/codes-at.ts';
import { readAll } from '../flow/read-again.ts';
import type { AssignedSpot, Assignment, Inspection, InspectionPhoto, PhotoSlot } from './inspection.ts';

/** A photo that counts. */
export interface SlotPhoto {
  readonly photoId: string;
  readonly sha256: string;
  readonly codes: readonly Code[];
  readonly others?: readonly string[] | undefined;
}

export function sameSlot(one: PhotoSlot | undefined, other: PhotoSlot | undefined): boolean {
  if (one?.kind !== other?.kind) return false;
  if (one?.kind === 'spot') return other?.kind === 'spot' && one.spotRef === other.spotRef;
  return one?.kind !== 'payment' || (other?.kind === 'payment' && one.mode === other.mode);
}

/** The photo that counts for a slot: the last in which a submitted code was read, else the last. */
export function photoIn(inspection: Inspection, assignment: Assignment, slot: PhotoSlot): SlotPhoto | undefined {
  const photos = keptIn(inspection, slot);
  const codes = slot.kind === 'spot' ? submittedCodes(assignment, slot.spotRef) : [];
  const shows = (photo: SlotPhoto): boolean => codes.some(({ hash }) => hashesIn(photo, assignment).has(hash));
  return photos.findLast(shows) ?? photos.at(-1);
}

/** Every photo that is kept for a slot, in the order sent. */
export function keptIn({ photos }: Inspection, slot: PhotoSlot): readonly SlotPhoto[] {
  return photos.flatMap(({ photoId, slot: its, where }) =>
    where.kind === 'kept' && where.rejected === undefined && sameSlot(its, slot)
      ? [{ photoId, sha256: where.sha256, codes: where.codes, others: where.others }]
      : [],
  );
}

function submittedCodes({ spots }: Assignment, spotRef: string): AssignedSpot['codes'] {
  return spots.find((spot) => spot.spotRef === spotRef)?.codes ?? [];
}

/** How the codes that were found at a spot compare with those that were submitted; of several, those that are not the same. */
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
  const codes = submittedCodes(assignment, spotRef);
  if (codes.length === 0) return { kind: 'noneSubmitted' };
  const photos = keptIn(inspection, { kind: 'spot', spotRef });
  const found = new Set(photos.flatMap((one) => [...hashesIn(one, assignment)]));
  const unread = codes.filter(({ hash }) => !found.has(hash));
  if (unread.length === 0) return { kind: 'same', short: said(codes) };
  const submitted = said(unread);
  const last = photos.at(-1) ?? photo;
  const other = codesIn(last, assignment).find((code) => !codes.some(({ hash }) => hash === codeHash(code)));
  return other === undefined ? { kind: 'unread', submitted } : { kind: 'other', short: other.short, submitted };
}

function said(codes: AssignedSpot['codes']): string {
  return shortOf(codes) ?? '';
}

/** The codes of the programme that are in a photo, those too that it did not know yet when the photo was checked. */
function codesIn({ codes, others = [] }: Read, { rules }: Assignment): readonly Code[] {
  return [...codes, ...readAll(others, rules.codes).codes];
}

/** By which hashes a code that was submitted is known again in a photo: one that nobody knows by all that it says. */
export function hashesIn(photo: Read, assignment: Assignment): ReadonlySet<string> {
  const others = photo.others?.map((payload) => ({ canonicalUrl: payload.trim() })) ?? [];
  return new Set([...codesIn(photo, assignment), ...others].map(codeHash));
}

type Read = Pick<SlotPhoto, 'codes' | 'others'>;

/** Photos that are being looked at. */
export function photosBeingChecked({ photos }: Inspection): readonly InspectionPhoto[] {
  return photos.filter(({ where }) => where.kind === 'checking');
}

/** The slots of photos that are being looked at: what stands there may change. */
export function photosWaitedFor(inspection: Inspection): readonly PhotoSlot[] {
  return photosBeingChecked(inspection).flatMap(({ slot }) => (slot === undefined ? [] : [slot]));
}
