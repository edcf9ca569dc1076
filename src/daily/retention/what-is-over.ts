import { openAppealsAgainst } from '../../../models/appeals.ts';
import { shopsUnderInspection } from '../../../models/inspection-tasks.ts';
import { findItems, itemsOfStores } from '../../../models/items.ts';
import { inTransaction } from '../../../models/transaction.ts';
import { unboundSpots } from '../../../models/unbound-spots.ts';
import { overSince } from '../../domain/retention.ts';

/**
 * Since when nothing waits for these items any more, milliseconds, by `itemRef`: no review, appeal, fee or inspection. An item that is
 * not known is left out: nothing says that it is over.
 */
export async function itemsOverSince(itemRefs: readonly string[], now: number): Promise<ReadonlyMap<string, number>> {
  const asked = await findItems([...new Set(itemRefs)]);
  const all = await itemsOfStores([...new Set(asked.map(({ storeId }) => storeId))]);
  // an inspection's shop may be nobody's here
  const known = new Map([...asked, ...all].map((item) => [item.itemRef, item]));
  const over = overSince([...known.values()], await unboundSpots([...known.values()]), now);
  const held = await refsHeld([...known.keys()], [...new Set(asked.map(({ isoId }) => isoId))], now);
  return new Map(
    [...over].filter(([itemRef]) => !held.has(known.get(itemRef)?.spotId ?? itemRef) && !held.has(itemRef)),
  );
}

/** What an open appeal is against, and what somebody is to inspect. */
async function refsHeld(
  itemRefs: readonly string[],
  isoIds: readonly string[],
  now: number,
): Promise<ReadonlySet<string>> {
  const appeals = await inTransaction((tx) => openAppealsAgainst(itemRefs, tx));
  const inspected = await Promise.all(isoIds.map((isoId) => shopsUnderInspection(isoId, now)));
  return new Set([...appeals.map(({ itemRef }) => itemRef), ...inspected.flatMap((refs) => [...refs])]);
}
