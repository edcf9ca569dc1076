import { idsAboutItems } from '../../../models/about-items.ts';
import { activeBinding, type Binding, bindingsOfSpots, shortOf } from '../../../models/bindings.ts';
import { findTask } from '../../../models/inspection-tasks.ts';
import type { Item } from '../../../models/item-rows.ts';
import { findItem, itemsOfStores } from '../../../models/items.ts';
import { findPerson } from '../../../models/people.ts';
import type { PhotoInSlot } from '../../../models/photo-in-slot.ts';
import { currentProgramme } from '../../../models/programme-in-use.ts';
import { findPromotion, type Promotion, promotionNumbered } from '../../../models/promotions.ts';
import { findSpot, type Spot, spotsOfPromotion } from '../../../models/spots.ts';
import { findStore } from '../../../models/stores.ts';
import { readTyped } from '../../domain/code.ts';
import { codeRulesOfAll } from '../../programme/code-rules.ts';

/** What a number, a name or an id stands for, and whatever of it something may have happened to. */
export interface Found {
  /** `promotion P-7K3M of Baan Coffee`. */
  readonly what: string;
  /** By the audit and by cards: what happened to any of them happened to it. */
  readonly ids: readonly string[];
  readonly items: readonly Item[];
  readonly photos: readonly PhotoOf[];
  readonly bindings: readonly Binding[];
}

export interface PhotoOf extends PhotoInSlot {
  /** `Cashier 1`, or the shop. */
  readonly where: string;
}

/** In this order: a promotion by its number, an id of anything, a person by userId, a code as it reads or is typed. */
export async function whatIs(asked: string): Promise<Found | undefined> {
  const promotion = (await promotionNumbered(asked.toUpperCase())) ?? (await findPromotion(asked));
  if (promotion !== undefined) return await ofPromotion(promotion);
  const item = await findItem(asked);
  if (item !== undefined) return await ofItem(item);
  const task = await findTask(asked);
  if (task !== undefined) return { ...NOTHING, what: `inspection ${asked}`, ids: [asked] };
  const person = await findPerson(asked);
  if (person !== undefined) return { ...NOTHING, what: `${person.name} (${asked})`, ids: [asked] };
  return await ofCode(asked);
}

const NOTHING = { items: [], photos: [], bindings: [] } as const;

async function ofPromotion(promotion: Promotion): Promise<Found> {
  const { promotionId, number, storeId, storeName } = promotion;
  const spots = await spotsOfPromotion(promotionId);
  const spotIds = new Set(spots.map(({ spotId }) => spotId));
  const items = (await itemsOfStores([storeId])).filter(
    ({ itemType, spotId }) => itemType === 'STORE' || spotIds.has(spotId ?? ''),
  );
  return {
    what: `promotion ${number} of ${storeName}`,
    ids: [promotionId, ...(await idsAboutItems(items))],
    items,
    photos: [...(await photosOfStore(storeId)), ...spots.flatMap(photosOfSpot)],
    bindings: await bindingsOfSpots([...spotIds]),
  };
}

async function ofItem(item: Item): Promise<Found> {
  const { itemType, itemRef, shop, storeId, spotId } = item;
  const spot = spotId === undefined ? undefined : await findSpot(spotId);
  const where = spot === undefined ? shop : `${labelOf(spot)} of ${shop}`;
  return {
    what: `${itemType.toLowerCase()} ${itemRef}, ${where}`,
    ids: [...(await idsAboutItems([item])), ...(spot === undefined ? [] : [spot.promotionId])],
    items: [item],
    photos: spot === undefined ? await photosOfStore(storeId) : photosOfSpot(spot),
    bindings: spot === undefined ? [] : await bindingsOfSpots([spot.spotId]),
  };
}

async function ofCode(asked: string): Promise<Found | undefined> {
  const read = readTyped(asked, codeRulesOfAll(currentProgramme().programme));
  if (read.kind !== 'ours') return undefined;
  const binding = await activeBinding(read.code);
  if (binding === undefined) return undefined;
  const item = await findItem(binding.spotId);
  const of = item === undefined ? { ...NOTHING, what: '', ids: [binding.spotId] } : await ofItem(item);
  return { ...of, what: `code …${shortOf(binding)} at ${of.what || binding.spotId}`, bindings: [binding] };
}

async function photosOfStore(storeId: string): Promise<readonly PhotoOf[]> {
  return ((await findStore(storeId))?.photos ?? []).map((photo) => ({ ...photo, where: 'the shop' }));
}

function photosOfSpot(spot: Spot): readonly PhotoOf[] {
  return spot.photos.map((photo) => ({ ...photo, where: labelOf(spot) }));
}

function labelOf({ spotType, number }: Pick<Spot, 'spotType' | 'number'>): string {
  return `${spotType.toLowerCase().replaceAll('_', ' ')} ${number}`;
}
