import { bindingsOfSpots } from '../../models/bindings.ts';
import type { Item } from '../../models/item-rows.ts';
import { itemsOfStores } from '../../models/items.ts';
import type { FeeState } from '../../src/domain/fee.ts';
import { feesOf } from '../../src/domain/item-fees.ts';
import { isProduct } from '../../src/domain/products.ts';
import { hasCodes } from '../../src/flow/definition.ts';

/** What is earned for these items, by `itemRef`. It hangs on everything in their stores, whoever promoted it. */
export async function loadFees(items: readonly Item[]): Promise<ReadonlyMap<string, FeeState>> {
  const all = await itemsOfStores([...new Set(items.map(({ storeId }) => storeId))]);
  const coded = all.flatMap(({ itemType, spotId, product }) =>
    itemType === 'SPOT' && spotId !== undefined && isProduct(product) && hasCodes(product) ? [spotId] : [],
  );
  const active = (await bindingsOfSpots(coded)).filter(({ state }) => state === 'ACTIVE');
  const bound = new Set(active.map(({ spotId }) => spotId));
  return feesOf(all, new Set(coded.filter((spotId) => !bound.has(spotId))));
}
