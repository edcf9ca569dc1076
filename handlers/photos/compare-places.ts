import { placeCompared, placedPhotos } from '../../models/photos.ts';
import { currentProgramme } from '../../models/programme-in-use.ts';
import type { Transaction } from '../../models/transaction.ts';
import type { PhotoFlag } from '../../src/domain/photo-flags.ts';
import { metresFromOthers } from '../../src/domain/places.ts';

/**
 * The places of all photos of a piece of work are compared with one another, once, as it is submitted, and forgotten; answers what there is to
 * look at of each photo whose place was known.
 */
export async function comparePlaces(
  aboutId: string,
  tx: Transaction,
): Promise<ReadonlyMap<string, readonly PhotoFlag[]>> {
  const { farAfterMetres = Number.POSITIVE_INFINITY } = currentProgramme().programme.photos;
  const photos = await placedPhotos(aboutId, tx);
  const found = new Map<string, readonly PhotoFlag[]>();
  for (const { photoId, place, flags } of photos) {
    const others = photos.filter((other) => other.photoId !== photoId).map((other) => other.place);
    const metres = metresFromOthers(place, others);
    const isFar = metres !== undefined && metres > farAfterMetres;
    const all = isFar ? [...flags, 'FAR_FROM_OTHERS' as const] : flags;
    await placeCompared(photoId, { metres, flags: all }, tx);
    found.set(photoId, all);
  }
  return found;
}
