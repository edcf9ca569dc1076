import type { ItemName } from '../../cards/review/item-name.ts';
import type { CardLine } from '../../models/cards.ts';
import type { Item } from '../../models/item-rows.ts';
import { type Standing, spotStanding, standingOf, stateAt } from '../../src/domain/item-standing.ts';

import type { ReviewState } from '../../src/domain/review-state.ts';
import type { Modification } from '../../src/flow/draft.ts';

/** The kinds of items that a promotion is made of; an inspection has cards of its own. */
export function isPromoted(item: Pick<Item, 'itemType'>): boolean {
  return item.itemType !== 'INSPECTION';
}

/** By what cards call an item. */
export function nameOf({
  itemType,
  shop,
  spotType = '',
  number = 1,
  product = '',
}: Pick<Item, 'itemType' | 'shop' | 'spotType' | 'number' | 'product'>): ItemName {
  if (itemType === 'STORE') return { kind: 'store', shop };
  const spot = { spotType, number };
  if (itemType !== 'POSM') return { kind: 'spot', shop, spot };
  return { kind: 'posm', shop, spot, product };
}

/** Whether something may still have to be done about it: it waits for its review, or failed and its time is not over. */
export function isStillOpen(item: Item, now: number): boolean {
  return OPEN_STATES.includes(stateAt(item, now));
}

export const OPEN_STATES: readonly ReviewState[] = ['PENDING', 'REJECTED', 'INVALIDATED', 'MODIFYING', 'APPEALING'];

/** The most urgent first, what has no deadline last; of what is due at once what was submitted first, spot after spot. */
export function byDeadline(one: Item, other: Item): number {
  return (
    compare(one.deadlineAt ?? Infinity, other.deadlineAt ?? Infinity) ||
    compare(one.submittedAt, other.submittedAt) ||
    compare(one.itemRef, other.itemRef)
  );
}

function compare<Value extends number | string>(one: Value, other: Value): number {
  return one < other ? -1 : Number(one > other);
}

/** Whether the item still waits for this modification: nothing was decided or sent since it was begun, and it is in time. */
export function isBeingModified(
  item: Item | undefined,
  { revision }: Pick<Modification, 'revision'>,
  now: number,
): boolean {
  return item !== undefined && item.revision === revision && stateAt(item, now) === 'MODIFYING';
}

/** What an item is when a modification or an appeal is given up: what was decided of it. */
export function failedState({ judgement }: Item): 'REJECTED' | 'INVALIDATED' {
  return judgement?.decision === 'INVALIDATED' ? 'INVALIDATED' : 'REJECTED';
}

/** What is said to whoever wants to do what cannot be done with an item now; how it stands is below. */
export function whyNotNow(item: Item, now: number): CardLine {
  return { key: stateAt(item, now) === 'LAPSED' ? 'item.tooLate' : 'item.cannotNow' };
}

/** What of an item says how it stands. */
type ItemStanding = Pick<Item, 'itemType' | 'state' | 'spotId'> & { readonly judgement?: object | undefined };

/** How the stores among some items stand. */
export function storeStandings(items: readonly ItemStanding[]): readonly Standing[] {
  return items.flatMap(({ itemType, state }) => (itemType === 'STORE' ? [standingOf(state)] : []));
}

/** How many of the stores, or of the spots with what stands there, were sent more than once. */
export function sentAgain(items: readonly Item[], of: 'STORE' | 'SPOT'): number {
  const resent = items.filter(({ revision }) => revision > 1);
  if (of === 'STORE') return resent.filter(({ itemType }) => itemType === 'STORE').length;
  return new Set(resent.flatMap(({ itemType, spotId }) => (itemType === 'STORE' ? [] : [spotId]))).size;
}

/** How the spots among some items stand, each with what stands there. */
export function spotStandings(items: readonly ItemStanding[]): readonly Standing[] {
  const posms = new Map(items.flatMap((item) => (item.itemType === 'POSM' ? [[item.spotId, item]] : [])));
  return items.flatMap((item) => (item.itemType === 'SPOT' ? [spotStanding(item, posms.get(item.spotId))] : []));
}
