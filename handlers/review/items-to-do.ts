import { unsentAppeals } from '../../models/appeals.ts';
import { itemsInHand } from '../../models/item-queries.ts';
import type { Item } from '../../models/item-rows.ts';
import { findItems } from '../../models/items.ts';
import { readAll } from '../../models/read-together.ts';
import type { Transaction } from '../../models/transaction.ts';
import { openRemedies, stateAt } from '../../src/domain/item-standing.ts';
import { byDeadline, isPromoted } from './item-model.ts';

/** What failed and waits for the person, the most urgent first: nothing is begun, or what was begun is not sent. */
export async function itemsToDo(userId: string, now: number, tx?: Transaction): Promise<readonly Item[]> {
  const [failed, unsent] = await readAll(
    tx,
    () => itemsInHand(userId, ['REJECTED', 'INVALIDATED', 'MODIFYING'], tx),
    () => unsentAppeals(userId, tx),
  );
  const begun = await findItems(
    unsent.map(({ itemRef }) => itemRef),
    tx,
  );
  const writing = begun.filter((item) => item.ownerId === userId && stateAt(item, now, true) === 'APPEALING');
  return [...failed.filter((item) => isPromoted(item) && isToDo(item, now)), ...writing].sort(byDeadline);
}

function isToDo(item: Item, now: number): boolean {
  return openRemedies(item, now).length > 0 || stateAt(item, now) === 'MODIFYING';
}
