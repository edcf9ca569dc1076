import type { InspectedSpot } from '../../cards/inspection/job.ts';
import type { WaitingPhoto } from '../../cards/inspection/parts.ts';
import type { InspectionTask } from '../../models/inspection-tasks.ts';
import { contentHashesOf } from '../../models/photos.ts';
import { lastProgrammeWith } from '../../models/programme-in-use.ts';
import { readAll } from '../../models/read-together.ts';
import type { Reads } from '../../models/single-write.ts';
import { findSpots, type Spot } from '../../models/spots.ts';
import { findStore } from '../../models/stores.ts';
import { type FlowDefinition, hasCodes } from '../../src/flow/definition.ts';
import type { PhotoSlot } from '../../src/inspection/inspection.ts';

/** What is known here of a shop to inspect; of one that is not ours, only what its task says. */
export interface InspectedShop extends SpotsToInspect<ShopSpot> {
  /** The submitted photo of the front, SHA-256. */
  readonly front: string | undefined;
}

interface ShopSpot extends SpotToInspect {
  /** The submitted photo of the place, SHA-256. */
  readonly photo: string | undefined;
}

/** What its spots are called, by their ids. */
export interface SpotsToInspect<Spot extends SpotToInspect = SpotToInspect> {
  readonly spots: ReadonlyMap<string, Spot>;
}

interface SpotToInspect {
  readonly spot: InspectedSpot;
  /** A Primary POSM has no code; a spot that is not known here may have one. */
  readonly hasCode: boolean;
}

/** Only what belongs to the task's own ISO is shown (domain A.12-15). */
export async function inspectedShop(task: InspectionTask, tx?: Reads): Promise<InspectedShop> {
  const { storeRef, isoId } = task;
  const [store, ours] = await readAll(
    () => findStore(storeRef, tx),
    () => ownSpots(task, tx),
  );
  const frontId = store?.isoId === isoId ? store.photos[0]?.photoId : undefined;
  const placeIds = new Map(ours.map(({ spotId, photos: [first] }) => [spotId, first?.photoId ?? '']));
  const hashes = await contentHashesOf(
    [frontId ?? '', ...placeIds.values()].filter((photoId) => photoId !== ''),
    tx,
  );
  const named = await namedAmong(ours, task);
  const shown = named.map(([spotRef, spot]): [string, ShopSpot] => [
    spotRef,
    { ...spot, photo: hashes.get(placeIds.get(spotRef) ?? '') },
  ]);
  return { front: frontId === undefined ? undefined : hashes.get(frontId), spots: new Map(shown) };
}

/** The same without its photos, which lie behind what is asked for it. */
export async function spotsToInspect(task: InspectionTask, tx?: Reads): Promise<SpotsToInspect> {
  return { spots: new Map(await namedAmong(await ownSpots(task, tx), task)) };
}

async function ownSpots({ spotRefs, isoId }: InspectionTask, tx?: Reads): Promise<readonly Spot[]> {
  return (await findSpots(spotRefs, tx)).filter((spot) => spot.isoId === isoId);
}

async function namedAmong(
  ours: readonly Spot[],
  { spotRefs }: InspectionTask,
): Promise<readonly [spotRef: string, SpotToInspect][]> {
  // a product that the programme has no more is known by the last version that had it
  const flows = new Map<string, FlowDefinition>();
  for (const product of new Set(ours.map((spot) => spot.product)))
    flows.set(product, (await lastProgrammeWith(product)).flowOf(product));
  return spotRefs.map((spotRef, at): [string, SpotToInspect] => {
    const spot = ours.find(({ spotId }) => spotId === spotRef);
    if (spot === undefined) return [spotRef, { spot: { index: at + 1 }, hasCode: true }];
    const { spotType, number, product } = spot;
    const label = { label: { spotType, number } };
    const flow = flows.get(product);
    return [spotRef, { spot: { index: at + 1, ...label }, hasCode: flow === undefined || hasCodes(flow) }];
  });
}

export function spotIn<Spot extends SpotToInspect>(
  { spots }: SpotsToInspect<Spot>,
  spotRef: string,
): Spot | SpotUnknown {
  return spots.get(spotRef) ?? { spot: { index: 1 }, hasCode: true, photo: undefined };
}

interface SpotUnknown extends SpotToInspect {
  readonly photo: undefined;
}

/** What a photo in this place shows, by the names of the shop's spots. */
export function waitingPhoto(shop: SpotsToInspect, slot: PhotoSlot): WaitingPhoto {
  return slot.kind === 'spot' ? { kind: slot.kind, spot: spotIn(shop, slot.spotRef).spot } : slot;
}
