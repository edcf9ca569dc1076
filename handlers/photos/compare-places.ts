import { placedPhotos, placesCompared } from '../../models/photos.ts';
import { currentProgramme } from '../../models/programme-in-use.ts';
import { findStore, noteVisits, type Store } from '../../models/stores.ts';
import type { Transaction } from '../../models/transaction.ts';
import type { PhotoFlag } from '../../src/domain/photo-flags.ts';
import { metresFromOthers, type Place, withVisit } from '../../src/domain/places.ts';

/** A piece of work, and the shop that its photos are of, where that is known. */
interface Submitted {
  readonly aboutId: string;
  readonly isoId: string;
  readonly storeId: string | undefined;
}

/**
 * The places of all photos of a piece of work are compared with one another and with those of earlier visits to the shop, once, as it is
 * submitted, and forgotten, but for a rounded one of the visit; answers what there is to look at of each photo whose place was known.
 */
export async function comparePlaces(
  { aboutId, isoId, storeId }: Submitted,
  tx: Transaction,
): Promise<ReadonlyMap<string, readonly PhotoFlag[]>> {
  const { farAfterMetres = Number.POSITIVE_INFINITY } = currentProgramme().programme.photos;
  const photos = await placedPhotos(aboutId, tx);
  const store = await ownStore(isoId, storeId, tx);
  const { visits = [] } = store ?? {};
  const compared: { photoId: string; metres: number | undefined; flags: readonly PhotoFlag[] }[] = [];
  const together: Place[] = [];
  for (const { photoId, place, flags } of photos) {
    const others = photos.filter((other) => other.photoId !== photoId).map((other) => other.place);
    const [fromWork, fromVisits] = [metresFromOthers(place, others), metresFromOthers(place, visits)];
    const isFar = (metres = 0): boolean => metres > farAfterMetres;
    const all = isFar(fromWork) || isFar(fromVisits) ? [...flags, 'FAR_FROM_OTHERS' as const] : flags;
    if (!isFar(fromWork)) together.push(place);
    compared.push({ photoId, metres: further(fromWork, fromVisits), flags: all });
  }
  await placesCompared(compared, tx);
  if (store !== undefined && together.length > 0) await noteVisits(store.storeId, withVisit(visits, together), tx);
  return new Map(compared.map((photo) => [photo.photoId, photo.flags]));
}

/** Of the ISO's own shops alone anything is known or kept (domain A.12-15). */
async function ownStore(isoId: string, storeId: string | undefined, tx: Transaction): Promise<Store | undefined> {
  const store = storeId === undefined ? undefined : await findStore(storeId, tx);
  return store?.isoId === isoId ? store : undefined;
}

function further(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.max(one, other);
}
