import type { Inspection, InspectionPhoto, PhotoSlot } from './inspection.ts';
import { partKey } from './parts.ts';

/** What one reason asks to be done again. */
interface Again {
  /** Other photos of these. */
  readonly photos?: readonly PhotoSlot['kind'][] | undefined;
  /** Said once more, with what was said before in it. */
  readonly said?: 'deployment' | 'MPM' | 'UPM' | undefined;
}

const DEPLOYMENT: Again = { said: 'deployment' };

/** A reason that names nothing asks for what was found, one tap a part. */
const BY_REASON: Readonly<Record<string, Again>> = {
  INSPECTION_PHOTO_INVALID: { photos: ['front', 'spot', 'cannot'] },
  PAYMENT_PROOF_MISSING: { photos: ['payment'] },
  PAYMENT_MPM_FAILED: { said: 'MPM' },
  PAYMENT_UPM_FAILED: { said: 'UPM' },
};

/** `Correct it`: only what the reasons name is asked again, everything else stays as it was submitted. */
export function corrected(inspection: Inspection, reasonCodes: readonly string[]): Inspection {
  const named = reasonCodes.flatMap((code) => BY_REASON[code] ?? []);
  const asks = named.length > 0 ? named : [DEPLOYMENT];
  const kinds = new Set(asks.flatMap(({ photos = [] }) => photos));
  const { opened: _opened, ...rest } = inspection;
  return {
    ...rest,
    typed: {},
    notes: [],
    photos: inspection.photos.map((photo) =>
      photo.slot !== undefined && kinds.has(photo.slot.kind) ? turnedDown(photo) : photo,
    ),
    again: [...new Set(asks.flatMap(({ said }) => saidAgain(inspection, said)))],
  };
}

function saidAgain({ cannot, spots }: Inspection, said: Again['said']): readonly string[] {
  if (said === undefined) return [];
  if (cannot !== undefined) return ['cannot'];
  if (said !== 'deployment') return [partKey({ kind: 'payment', mode: said })];
  return ['store', ...spots.map(({ spotRef }) => partKey({ kind: 'spot', spotRef }))];
}

function turnedDown(photo: InspectionPhoto): InspectionPhoto {
  return photo.where.kind === 'kept' ? { ...photo, where: { ...photo.where, rejected: true } } : photo;
}
