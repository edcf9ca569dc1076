import { findItems } from '../../models/items.ts';
import { type HandedPhoto, itemsBackedBy, photoIsLike, photosHandedOver } from '../../models/photos.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { type LineFacts, type OutgoingRow, outgoingRow } from '../../src/daily/submission-line.ts';
import type { PhotoFlag } from '../../src/domain/photo-flags.ts';
import { comparePlaces } from './compare-places.ts';

/** A line as it waits to be handed over, with what its reviewer should look at of its photos. */
export async function flaggedRow({ tx }: Pick<TapContext, 'tx'>, line: LineFacts): Promise<OutgoingRow> {
  const hashes = line.photos.map(({ sha256 }) => sha256);
  const known = await withPlacesCompared({ tx }, line, await photosHandedOver(line.isoId, hashes, tx));
  const likes = 'storeRef' in line ? await likeOtherShops({ tx }, known, line.storeRef) : new Map<string, string>();
  const flags = new Map<string, readonly PhotoFlag[]>();
  for (const photo of known) {
    const like = likes.get(photo.photoId);
    const own = like === undefined ? photo.flags : [...new Set([...photo.flags, 'LIKE_ANOTHER' as const])];
    if (like !== undefined) await photoIsLike(photo.photoId, { like, flags: own }, tx);
    if (own.length > 0) flags.set(photo.contentHash, own);
  }
  if (flags.size === 0) return outgoingRow(line);
  const photos = line.photos.map((photo) => {
    const found = flags.get(photo.sha256);
    return found === undefined ? photo : { ...photo, flags: [...found] };
  });
  return outgoingRow({ ...line, photos });
}

/** The same photos with what their places say, where those were asked. */
async function withPlacesCompared(
  { tx }: Pick<TapContext, 'tx'>,
  line: LineFacts,
  photos: readonly HandedPhoto[],
): Promise<readonly HandedPhoto[]> {
  const works = new Set(photos.flatMap(({ placedIn = [] }) => placedIn));
  const found = new Map<string, readonly PhotoFlag[]>();
  const { isoId } = line;
  // what is said against a decision may show anything, wherever that is
  const storeId = 'storeRef' in line ? line.storeRef : undefined;
  for (const aboutId of works)
    for (const [photoId, flags] of await comparePlaces({ aboutId, isoId, storeId }, tx)) found.set(photoId, flags);
  return photos.map((photo) => ({ ...photo, flags: found.get(photo.photoId) ?? photo.flags }));
}

/** Of photos that look like an earlier one that was submitted for another shop which one that is; its own shop may look as it did. */
async function likeOtherShops(
  { tx }: Pick<TapContext, 'tx'>,
  photos: readonly HandedPhoto[],
  storeId: string,
): Promise<ReadonlyMap<string, string>> {
  const alike = photos.flatMap((photo) => photo.alike);
  if (alike.length === 0) return new Map();
  const itemsOf = await itemsBackedBy(alike, tx);
  const items = await findItems([...new Set(itemsOf.values())], tx);
  const elsewhere = new Set(items.filter((item) => item.storeId !== storeId).map(({ itemRef }) => itemRef));
  return new Map(
    photos.flatMap(({ photoId, alike: ids }) => {
      const like = ids.find((id) => elsewhere.has(itemsOf.get(id) ?? ''));
      return like === undefined ? [] : [[photoId, like] as const];
    }),
  );
}
