import { bindingsOfSpots, boundCode } from '../../models/bindings.ts';
import type { Item } from '../../models/item-rows.ts';
import type { PhotoInSlot } from '../../models/photo-in-slot.ts';
import { contentHashesOf } from '../../models/photos.ts';
import { flowBy, programmeAt } from '../../models/programme-in-use.ts';
import { findPromotion, lastPromotionOfStore, type Promotion } from '../../models/promotions.ts';
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
  const store = await findStore(item.storeId, tx);
  const spot = item.spotId === undefined ? undefined : await findSpot(item.spotId, tx);
  const promotion = store && (await promotionOf(item, store, spot, tx));
  if (store === undefined || promotion === undefined || item.itemType === 'INSPECTION') return undefined;
  const { itemRef, itemType, revision, storeId, shop } = item;
  const reasons = await reasonsOfItem(item);
  const flow = flowBy(await programmeAt(item.programme), promotion.product);
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
      ...(spot === undefined ? await storeSide(flow, store, tx) : await spotSide(flow, spot, tx)),
    },
  };
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

type Side = Pick<FailedItem, 'answers' | 'photos'> & Partial<FailedItem>;

async function storeSide(flow: FlowDefinition, store: Store, tx: Transaction): Promise<Side> {
  return { answers: storeAnswers(flow, store), photos: await photosOf(store.photos, tx) };
}

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
    photos: await photosOf(spot.photos, tx),
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
