import { hasCodes } from '../src/flow/definition.ts';
import { type Binding, Bindings, spotsWithCodes } from './bindings.ts';
import { type Item, Items, toItem } from './item-rows.ts';
import { programmesAt } from './programme-in-use.ts';
import type { Reads } from './single-write.ts';

/** The spots among these that needed a code by the version that they were submitted under, and have none that is active: no fee is theirs. */
export async function unboundSpots(
  items: readonly Pick<Item, 'itemType' | 'spotId' | 'product' | 'programme'>[],
  tx?: Reads,
): Promise<ReadonlySet<string>> {
  const coded = await spotsThatNeedCodes(items);
  const bound = coded.length === 0 ? new Set<string>() : await spotsWithCodes(coded, tx);
  return new Set(coded.filter((spotId) => !bound.has(spotId)));
}

/** All items of these shops with those of their spots: what their fees hang on, by one command. */
export async function itemsAndUnbound(
  storeIds: readonly string[],
): Promise<{ readonly items: readonly Item[]; readonly unbound: ReadonlySet<string> }> {
  const bindings = { of: Bindings, by: 'spotId', at: 'spotId', only: ['state'] } as const;
  const found = await Items.findWith({ storeId: { $in: storeIds } }, bindings);
  const bound = new Set(found.flatMap(({ record: { spotId }, joined }) => (joined.some(isActive) ? [spotId] : [])));
  const items = found.map(({ record }) => toItem(record));
  const coded = await spotsThatNeedCodes(items);
  return { items, unbound: new Set(coded.filter((spotId) => !bound.has(spotId))) };
}

function isActive({ state }: Pick<Binding, 'state'>): boolean {
  return state === 'ACTIVE';
}

async function spotsThatNeedCodes(
  items: readonly Pick<Item, 'itemType' | 'spotId' | 'product' | 'programme'>[],
): Promise<readonly string[]> {
  const programmes = await programmesAt(items.map(({ programme }) => programme));
  return items.flatMap(({ itemType, spotId, product = '', programme }) => {
    const needsCode = itemType === 'SPOT' && hasCodes(programmes(programme).flowOf(product));
    return needsCode && spotId !== undefined ? [spotId] : [];
  });
}
