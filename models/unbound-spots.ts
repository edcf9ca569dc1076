import { hasCodes } from '../src/flow/definition.ts';
import { spotsWithCodes } from './bindings.ts';
import type { Item } from './item-rows.ts';
import { programmesAt } from './programme-in-use.ts';
import type { Reads } from './single-write.ts';

/** The spots among these that needed a code by the version that they were submitted under, and have none that is active: no fee is theirs. */
export async function unboundSpots(
  items: readonly Pick<Item, 'itemType' | 'spotId' | 'product' | 'programme'>[],
  tx?: Reads,
): Promise<ReadonlySet<string>> {
  const programmes = await programmesAt(items.map(({ programme }) => programme));
  const coded = items.flatMap(({ itemType, spotId, product = '', programme }) => {
    const needsCode = itemType === 'SPOT' && hasCodes(programmes(programme).flowOf(product));
    return needsCode && spotId !== undefined ? [spotId] : [];
  });
  const bound = coded.length === 0 ? new Set<string>() : await spotsWithCodes(coded, tx);
  return new Set(coded.filter((spotId) => !bound.has(spotId)));
}
