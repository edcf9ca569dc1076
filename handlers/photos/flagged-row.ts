import { findItems } from '../../models/items.ts';
import {
  type HandedPhoto,
  itemsBackedBy,
  type PhotoBacking,
  photosAreLike,
  photosHandedOver,
  placedPhotos,
} from '../../models/photos.ts';
import { readAll } from '../../models/read-together.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { type LineFacts, type OutgoingRow, outgoingRow } from '../../src/daily/submission-line.ts';
import type { PhotoFlag } from '../../src/domain/photo-flags.ts';
import { comparePlaces } from './compare-places.ts';

type Asking = Pick<TapContext, 'tx'>;

/**
 * The lines of what is submitted of one shop, as they wait to be handed over, with what their reviewer should look at of their photos; `deploying`:
 * those that are about to back a store or a slot.
 */
export async function flaggedRows(
  { tx }: Asking,
  lines: readonly LineFacts[],
  deploying?: readonly PhotoBacking[],
): Promise<readonly OutgoingRow[]> {
  const [first] = lines;
  if (first === undefined) return [];
  const backing = new Set(deploying?.map(({ photoId }) => photoId));
  const known = await photosHandedOver(first.isoId, hashesIn(lines), tx, backing);
  const flags = await flagsOf({ tx }, first, known);
  return lines.map((line) => {
    const photos = line.photos.map((photo) => {
      const found = flags.get(photo.sha256);
      return found === undefined ? photo : { ...photo, flags: [...found] };
    });
    return outgoingRow({ ...line, photos });
  });
}

/** `flaggedRows` of one line. */
export async function flaggedRow(asking: Asking, line: LineFacts): Promise<OutgoingRow> {
  const [row = outgoingRow(line)] = await flaggedRows(asking, [line]);
  return row;
}

/** Reads what `flaggedRows` will ask for of lines with these photos, whatever they back. */
export async function readFlags(asking: Asking, isoId: string, lines: readonly WithPhotos[]): Promise<void> {
  const known = await readPhotos(asking, isoId, lines);
  await readAll(
    () => itemsLooking(asking, known),
    ...worksIn(known).map((aboutId) => () => placedPhotos(aboutId, asking.tx)),
  );
}

/** The photos alone, on which the rest hangs. */
export async function readPhotos({ tx }: Asking, isoId: string, lines: readonly WithPhotos[]) {
  return await photosHandedOver(isoId, hashesIn(lines), tx, { has: () => true });
}

interface WithPhotos {
  readonly photos: readonly { readonly sha256: string }[];
}

/** Of the photos of these lines, each once. */
function hashesIn(lines: readonly WithPhotos[]): readonly string[] {
  return [...new Set(lines.flatMap(({ photos }) => photos.map(({ sha256 }) => sha256)))].sort();
}

/** By content hash; of those alone of which there is something to look at. */
async function flagsOf(
  { tx }: Asking,
  line: LineFacts,
  handedOver: readonly HandedPhoto[],
): Promise<ReadonlyMap<string, readonly PhotoFlag[]>> {
  const known = await withPlacesCompared({ tx }, line, handedOver);
  const likes = 'storeRef' in line ? await likeOtherShops({ tx }, known, line.storeRef) : new Map<string, string>();
  const flags = new Map<string, readonly PhotoFlag[]>();
  const alike: { photoId: string; like: string; flags: readonly PhotoFlag[] }[] = [];
  for (const { photoId, contentHash, flags: before } of known) {
    const like = likes.get(photoId);
    const own = like === undefined ? before : [...new Set([...before, 'LIKE_ANOTHER' as const])];
    if (like !== undefined) alike.push({ photoId, like, flags: own });
    if (own.length > 0) flags.set(contentHash, own);
  }
  await photosAreLike(alike, tx);
  return flags;
}

/** The same photos with what their places say, where those were asked. */
async function withPlacesCompared(
  { tx }: Asking,
  line: LineFacts,
  photos: readonly HandedPhoto[],
): Promise<readonly HandedPhoto[]> {
  const found = new Map<string, readonly PhotoFlag[]>();
  const { isoId } = line;
  // what is said against a decision may show anything, wherever that is
  const storeId = 'storeRef' in line ? line.storeRef : undefined;
  for (const aboutId of worksIn(photos))
    for (const [photoId, flags] of await comparePlaces({ aboutId, isoId, storeId }, tx)) found.set(photoId, flags);
  return photos.map((photo) => ({ ...photo, flags: found.get(photo.photoId) ?? photo.flags }));
}

/** Whose places were not compared yet. */
function worksIn(photos: readonly HandedPhoto[]): readonly string[] {
  return [...new Set(photos.flatMap(({ placedIn = [] }) => placedIn))];
}

/** What was submitted with the earlier photos that any of these look like, by those photos. */
async function itemsLooking({ tx }: Asking, photos: readonly HandedPhoto[]) {
  const itemsOf = await itemsBackedBy(
    photos.flatMap((photo) => photo.alike),
    tx,
  );
  return { itemsOf, items: await findItems([...new Set(itemsOf.values())], tx) };
}

/** Of photos that look like an earlier one that was submitted for another shop which one that is; its own shop may look as it did. */
async function likeOtherShops(
  { tx }: Asking,
  photos: readonly HandedPhoto[],
  storeId: string,
): Promise<ReadonlyMap<string, string>> {
  const { itemsOf, items } = await itemsLooking({ tx }, photos);
  const elsewhere = new Set(items.filter((item) => item.storeId !== storeId).map(({ itemRef }) => itemRef));
  return new Map(
    photos.flatMap(({ photoId, alike: ids }) => {
      const like = ids.find((id) => elsewhere.has(itemsOf.get(id) ?? ''));
      return like === undefined ? [] : [[photoId, like] as const];
    }),
  );
}
