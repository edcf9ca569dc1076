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

/** What a reason can ask for of an inspection, by its name in the programme; a reason that names none asks for what was found. */
const BY_NAME: Readonly<Record<string, Again>> = {
  inspectionPhotos: { photos: ['front', 'spot', 'cannot'] },
  paymentPhotos: { photos: ['payment'] },
  MPM: { said: 'MPM' },
  UPM: { said: 'UPM' },
};

/** `Correct it`: only what the reasons ask for is asked again, one tap a part; everything else stays as it was submitted. */
export function corrected(inspection: Inspection, asked: readonly string[]): Inspection {
  const named = asked.flatMap((name) => BY_NAME[name] ?? []);
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
    again: [
      ...new Set([
        ...asks.flatMap(({ said }) => saidAgain(inspection, said)),
        ...(kinds.has('payment') ? withoutPhoto(inspection) : []),
      ]),
    ],
  };
}

/** Payments of which nothing can be shown another time: what came of them is said once more. */
function withoutPhoto({ cannot, payments, photos }: Inspection): readonly string[] {
  const modes = new Set(cannot === undefined ? payments.map(({ mode }) => mode) : []);
  for (const { slot, where } of photos) if (slot?.kind === 'payment' && where.kind === 'kept') modes.delete(slot.mode);
  return [...modes].map((mode) => partKey({ kind: 'payment', mode }));
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
