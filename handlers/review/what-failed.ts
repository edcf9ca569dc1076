import type { CardLine } from '../../models/cards.ts';
import type { Item } from '../../models/item-rows.ts';
import { stateAt } from '../../src/domain/item-standing.ts';

/** What an item is when a modification or an appeal is given up: what was decided of it. */
export function failedState({ judgement }: Item): 'REJECTED' | 'INVALIDATED' {
  return judgement?.decision === 'INVALIDATED' ? 'INVALIDATED' : 'REJECTED';
}

/** What is said to whoever wants to do what cannot be done with an item now; how it stands is below. */
export function whyNotNow(item: Item, now: number): CardLine {
  return { key: stateAt(item, now) === 'LAPSED' ? 'item.tooLate' : 'item.cannotNow' };
}
