import type { InspectedSpot } from '../../cards/inspection/job.ts';
import type { WaitingPhoto } from '../../cards/inspection/parts.ts';
import type { InspectionTask } from '../../models/inspection-tasks.ts';
import { contentHashesOf } from '../../models/photos.ts';
import { lastProgrammeWith } from '../../models/programme-in-use.ts';
import { readAll } from '../../models/read-together.ts';
import type { Reads } from '../../models/single-write.ts';
import { findSpots } from '../../models/spots.ts';
import { findStore } from '../../models/stores.ts';
import { type FlowDefinition, hasCodes } from '../../src/flow/definition.ts';
import type { PhotoSlot } from '../../src/inspection/inspection.ts';

/** What is known here of a shop to inspect; of one that is not ours, only what its task says. */
export interface InspectedShop {
  /** The submitted photo of the front, SHA-256. */
  readonly front: string | undefined;
  readonly spots: ReadonlyMap<string, ShopSpot>;
}

interface ShopSpot {
  readonly spot: InspectedSpot;
  /** A Primary POSM has no code; a spot that is not known here may have one. */
  readonly hasCode: boolean;
  /** The submitted photo of the place, SHA-256. */
  readonly photo: string | undefined;
}

/** Only what belongs to the task's own ISO is shown (domain A.12-15). */
export async function inspectedShop({ storeRef, spotRefs, isoId }: InspectionTask, tx?: Reads): Promise<InspectedShop> {
  const [store, spots] = await readAll(
    () => findStore(storeRef, tx),
    () => findSpots(spotRefs, tx),
  );
  const ours = spots.filter((spot) => spot.isoId === isoId);
  const frontId = store?.isoId === isoId ? store.photos[0]?.photoId : undefined;
  const photoIds = [
    ...(frontId === undefined ? [] : [frontId]),
    ...ours.flatMap(({ photos: [first] }) => first?.photoId ?? []),
  ];
  const hashes = await contentHashesOf(photoIds, tx);
  // a product that the programme has no more is known by the last version that had it
  const flows = new Map<string, FlowDefinition>();
  for (const product of new Set(ours.map((spot) => spot.product)))
    flows.set(product, (await lastProgrammeWith(product)).flowOf(product));
  const shown = spotRefs.map((spotRef, at): [string, ShopSpot] => {
    const spot = ours.find(({ spotId }) => spotId === spotRef);
    if (spot === undefined) return [spotRef, { spot: { index: at + 1 }, hasCode: true, photo: undefined }];
    const { spotType, number, product, photos } = spot;
    const placePhoto = photos[0]?.photoId ?? '';
    const label = { label: { spotType, number } };
    const flow = flows.get(product);
    const hasCode = flow === undefined || hasCodes(flow);
    return [spotRef, { spot: { index: at + 1, ...label }, hasCode, photo: hashes.get(placePhoto) }];
  });
  return { front: frontId === undefined ? undefined : hashes.get(frontId), spots: new Map(shown) };
}

export function spotIn({ spots }: InspectedShop, spotRef: string): ShopSpot {
  return spots.get(spotRef) ?? { spot: { index: 1 }, hasCode: true, photo: undefined };
}

/** What a photo in this place shows, by the names of the shop's spots. */
export function waitingPhoto(shop: InspectedShop, slot: PhotoSlot): WaitingPhoto {
  return slot.kind === 'spot' ? { kind: slot.kind, spot: spotIn(shop, slot.spotRef).spot } : slot;
}
