import type { ItemModel } from '../../cards/review/item.ts';
import type { Item } from '../../models/item-rows.ts';
import { contentHashesOf } from '../../models/photos.ts';
import { findSpot } from '../../models/spots.ts';
import { findStore } from '../../models/stores.ts';
import { reasonOf } from '../../src/domain/reason-codes.ts';

/** The photo that the first reason which is about one asks for again. */
export async function photoInQuestion(item: Item): Promise<ItemModel['photo']> {
  const asked = (item.judgement?.reasonCodes ?? []).flatMap((code) => reasonOf(code).asks);
  const slot = asked.find((part) => part === 'storefront' || part === 'context' || part === 'closeup');
  if (slot === undefined) return undefined;
  const photoId = await photoIn(item, slot);
  const sha256 = photoId === undefined ? undefined : (await contentHashesOf([photoId])).get(photoId);
  return sha256 === undefined ? undefined : { sha256, slot };
}

async function photoIn(item: Item, slot: 'storefront' | 'context' | 'closeup'): Promise<string | undefined> {
  if (slot === 'storefront') return (await findStore(item.storeId))?.storefrontPhoto;
  const spot = item.spotId === undefined ? undefined : await findSpot(item.spotId);
  return slot === 'context' ? spot?.contextPhoto : spot?.closeupPhoto;
}
