import type { ItemName } from '../../cards/review/item-name.ts';
import type { Item } from '../../models/item-rows.ts';
import { stateAt } from '../../src/domain/item-standing.ts';
import { isProduct } from '../../src/domain/products.ts';
import { isSpotType } from '../../src/domain/spot-label.ts';
import type { Modification } from '../../src/flow/draft.ts';

/** The kinds of items that a promotion is made of; an inspection has cards of its own. */
export function isPromoted(item: Item): boolean {
  return item.itemType !== 'INSPECTION';
}

/** By what cards call an item. */
export function nameOf({ itemType, shop, spotType, number = 1, product }: Item): ItemName {
  if (itemType === 'STORE') return { kind: 'store', shop };
  const spot = { spotType: isSpotType(spotType) ? spotType : ('OTHER' as const), number };
  if (itemType !== 'POSM') return { kind: 'spot', shop, spot };
  return { kind: 'posm', shop, spot, product: isProduct(product) ? product : 'MARKETING_CODE' };
}

/** The first reason of what was said of an item last. */
export function reasonOfItem({ judgement }: Item): string | undefined {
  return judgement?.reasonCodes[0];
}

/** The most urgent first; what has no deadline last. */
export function byDeadline(one: Item, other: Item): number {
  return (one.deadlineAt ?? Infinity) - (other.deadlineAt ?? Infinity);
}

/** Whether the item still waits for this modification: nothing was decided or sent since it was begun, and it is in time. */
export function isBeingModified(
  item: Item | undefined,
  { revision }: Pick<Modification, 'revision'>,
  now: number,
): boolean {
  return item !== undefined && item.revision === revision && stateAt(item, now) === 'MODIFYING';
}
