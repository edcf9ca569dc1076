import type { SaidModel } from '../../cards/promotion/part-says.ts';
import type { Binding } from '../../models/bindings.ts';
import type { Item } from '../../models/item-rows.ts';
import type { PhotoInSlot } from '../../models/photo-in-slot.ts';
import { contentHashesOf } from '../../models/photos.ts';
import type { Spot } from '../../models/spots.ts';
import type { Store } from '../../models/stores.ts';
import type { VersionedProgramme } from '../../src/programme/versioned-programme.ts';
import { codeEndAt } from '../promotion/code-end.ts';
import { saysOfSpot, saysOfStep, sentAt } from '../promotion/part-says.ts';
import { spotAnswers, storeAnswers } from '../promotion/store-answers.ts';

/** Where it lies what was sent of an item last. */
export interface SentOfItem {
  readonly store?: Store | undefined;
  readonly spot?: Spot | undefined;
  readonly bindings: readonly Binding[];
}

/** What was sent of an item last, as *Check and submit* said it: its answers, its code, when its photos were sent. */
export function saysOfItem(item: Item, sent: SentOfItem, programme: VersionedProgramme): readonly SaidModel[] {
  const { store, spot, bindings } = sent;
  // every product asks the same of a shop
  const product = item.product ?? programme.programme.products[0]?.id ?? '';
  const flow = programme.flowOf(product);
  if (item.spotId === undefined) {
    if (store === undefined) return [];
    const answers = storeAnswers(flow, store);
    const said = flow.steps
      .filter(({ repeats }) => !repeats)
      .map((step) => saysOfStep(step, answers[step.id] ?? {}, sentAt(store.photos)));
    return said.flatMap(({ form, photos }) => [...form, ...photos]);
  }
  if (spot === undefined) return [];
  const at = { answers: spotAnswers(flow, spot), codeEnd: codeEndAt(flow, bindings, spot.spotId) };
  return flow.steps.filter(({ repeats }) => repeats).flatMap((step) => saysOfSpot(step, at, sentAt(spot.photos)));
}

/** Its photos as far as they are still kept, by content hash. */
export async function photosOfItem({ spotId }: Item, { store, spot }: SentOfItem): Promise<readonly string[]> {
  const photos: readonly PhotoInSlot[] = (spotId === undefined ? store?.photos : spot?.photos) ?? [];
  const hashes = await contentHashesOf(photos.map(({ photoId }) => photoId));
  return photos.flatMap(({ photoId }) => hashes.get(photoId) ?? []);
}
