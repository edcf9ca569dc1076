import type { PhotoInSlot } from './photo-in-slot.ts';
import { Photos } from './photos.ts';
import type { Reads } from './single-write.ts';
import { Spots } from './spots.ts';
import { Stores } from './stores.ts';

/** A photo that was submitted of a place; without a hash it is not kept any more. */
export interface PlacePhoto extends PhotoInSlot {
  readonly contentHash?: string | undefined;
}

/** What was sent last of a spot, or of a shop itself, and for which ISO: read with its photos by one command. Undefined where there is none. */
export async function photosAt(
  { storeId, spotId }: { readonly storeId: string; readonly spotId?: string | undefined },
  tx?: Reads,
): Promise<{ readonly isoId: string; readonly photos: readonly PlacePhoto[] } | undefined> {
  const photos = { of: Photos, by: 'photos.photoId', at: 'photoId', only: ['photoId', 'contentHash'] } as const;
  const reading = { only: ['isoId', 'photos'], tx } as const;
  const [found] =
    spotId === undefined
      ? await Stores.findWith({ storeId }, photos, reading)
      : await Spots.findWith({ spotId }, photos, reading);
  if (found === undefined) return undefined;
  const hashes = new Map(found.joined.map(({ photoId, contentHash }) => [photoId, contentHash]));
  const { isoId, photos: sent } = found.record;
  return { isoId, photos: sent.map((photo) => ({ ...photo, contentHash: hashes.get(photo.photoId) })) };
}
