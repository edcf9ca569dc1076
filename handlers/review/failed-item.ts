import { bindingsOfSpots, boundCode } from '../../models/bindings.ts';
import { type Item, otherHalfRef } from '../../models/item-rows.ts';
import { findItem } from '../../models/items.ts';
import type { PhotoInSlot } from '../../models/photo-in-slot.ts';
import { contentHashesOf } from '../../models/photos.ts';
import { photosAt } from '../../models/place-photos.ts';
import { flowBy, programmeAt } from '../../models/programme-in-use.ts';
import { findPromotion, lastPromotionOfStore, type Promotion } from '../../models/promotions.ts';
import { readAll } from '../../models/read-together.ts';
import { readSpotWithPromotion } from '../../models/spot-with-promotion.ts';
import { findSpot, type Spot, spotsOfPromotion } from '../../models/spots.ts';
import { findStore, type Store, shopIdOf } from '../../models/stores.ts';
import type { Transaction } from '../../models/transaction.ts';
import type { SpotLabel } from '../../src/domain/spot-label.ts';
import type { FlowDefinition } from '../../src/flow/definition.ts';
import type { FailedItem } from '../../src/flow/engine.ts';
import { spotAnswers, storeAnswers } from '../promotion/store-answers.ts';
import { reasonsOfItem } from './reasons-of-item.ts';

/** An item as it was submitted last, with what its reasons ask for, and the promotion it came with. */
export async function failedItem(
  item: Item,
  tx: Transaction,
): Promise<{ readonly failed: FailedItem; readonly promotion: Promotion } | undefined> {
  await readFailed(item, tx);
  const { spotId } = item;
  const [store, spot] = await readAll(
    () => findStore(item.storeId, tx),
    async () => (spotId === undefined ? undefined : await findSpot(spotId, tx)),
  );
  const [promotion, photos] = await readAll(
    async () => store && (await promotionOf(item, store, spot, tx)),
    () => photosOf((spot ?? store)?.photos ?? [], tx),
    async () => (spot === undefined ? [] : await spotsOfPromotion(spot.promotionId, tx)),
  );
  if (store === undefined || promotion === undefined || item.itemType === 'INSPECTION') return undefined;
  const { itemRef, itemType, revision, storeId, shop } = item;
  const reasons = await reasonsOfItem(item);
  const flow = flowBy(await programmeAt(item.programme), promotion.product);
  const side: Side = spot === undefined ? { answers: storeAnswers(flow, store) } : await spotSide(flow, spot, tx);
  return {
    promotion,
    failed: {
      itemRef,
      itemType,
      revision,
      storeId,
      shop,
      flow,
      asks: reasons.flatMap(({ asks }) => asks),
      codeFailed: reasons.some(({ forbidsCode }) => forbidsCode),
      countryRegion: store.countryRegion,
      photos,
      ...side,
    },
  };
}

/** Reads what `failedItem` asks for, and what counts with the item where that changes. */
export async function readFailed(
  item: Pick<Item, 'itemType' | 'spotId' | 'storeId' | 'staffId'>,
  tx: Transaction,
): Promise<void> {
  const { spotId, storeId, staffId } = item;
  const otherHalf = otherHalfRef(item);
  await readAll(
    () => findStore(storeId, tx),
    () => photosAt({ storeId, spotId }, tx),
    async () => void (spotId === undefined && (await lastPromotionOfStore(staffId, storeId, tx))),
    async () => void (spotId !== undefined && (await readSpotWithPromotion(spotId, tx))),
    async () => void (spotId !== undefined && (await bindingsOfSpots([spotId], tx))),
    async () => void (otherHalf !== undefined && (await findItem(otherHalf, tx))),
  );
}

/** A store is handed over with the promotion that named it last. */
async function promotionOf(
  item: Item,
  store: Store,
  spot: Spot | undefined,
  tx: Transaction,
): Promise<Promotion | undefined> {
  if (spot !== undefined) return await findPromotion(spot.promotionId, tx);
  return await lastPromotionOfStore(item.staffId, shopIdOf(store), tx);
}

type Side = Pick<FailedItem, 'answers'> & Partial<Omit<FailedItem, 'photos'>>;

async function spotSide(flow: FlowDefinition, spot: Spot, tx: Transaction): Promise<Side> {
  const { spotId } = spot;
  const codes = await codesAt(spotId, flow, tx);
  const others = (await spotsOfPromotion(spot.promotionId, tx)).filter((other) => other.spotId !== spotId);
  return {
    spotId,
    label: labelOfSpot(spot),
    others: others.map(labelOfSpot),
    answers: {},
    spot: { answers: spotAnswers(flow, spot), codes },
  };
}

function labelOfSpot({ spotType, number }: Spot): SpotLabel {
  return { spotType, number };
}

type SentCodes = NonNullable<FailedItem['spot']>['codes'];

async function codesAt(spotId: string, { codes }: FlowDefinition, tx: Transaction): Promise<SentCodes> {
  const there = (await bindingsOfSpots([spotId], tx)).filter(({ state }) => state === 'ACTIVE');
  return there.flatMap((binding): SentCodes => {
    const code = boundCode(binding, codes.patterns);
    const { method, proofPhoto: photoId } = binding;
    return code === undefined ? [] : [{ ...code, method, photoId, ownership: 'free' }];
  });
}

async function photosOf(sent: readonly PhotoInSlot[], tx: Transaction): Promise<FailedItem['photos']> {
  const hashes = await contentHashesOf(
    sent.map(({ photoId }) => photoId),
    tx,
  );
  return sent.flatMap(({ slot, photoId, at }) => {
    const sha256 = hashes.get(photoId);
    return sha256 === undefined ? [] : [{ slot, photoId, sha256, at }];
  });
}
