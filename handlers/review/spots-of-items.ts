import type { Item } from '../../models/item-rows.ts';
import { type Standing, spotStanding, standingOf } from '../../src/domain/item-standing.ts';

/** How the stores among some items stand. */
export function storeStandings(items: readonly Item[]): readonly Standing[] {
  return items.flatMap(({ itemType, state }) => (itemType === 'STORE' ? [standingOf(state)] : []));
}

/** How the spots among some items stand, each with what stands there. */
export function spotStandings(items: readonly Item[]): readonly Standing[] {
  const posms = new Map(items.flatMap((item) => (item.itemType === 'POSM' ? [[item.spotId, item]] : [])));
  return items.flatMap((item) => (item.itemType === 'SPOT' ? [spotStanding(item, posms.get(item.spotId))] : []));
}
