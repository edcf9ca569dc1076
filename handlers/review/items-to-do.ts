import { itemsBeingAppealed } from '../../models/appeals.ts';
import { itemsInHand } from '../../models/item-queries.ts';
import type { Item } from '../../models/item-rows.ts';
import { readAll } from '../../models/read-together.ts';
import type { Reads } from '../../models/single-write.ts';
import { openRemedies, stateAt } from '../../src/domain/item-standing.ts';
import { byDeadline, isPromoted } from './item-model.ts';

/** What failed and waits for the person, the most urgent first: nothing is begun, or what was begun is not sent. */
export async function itemsToDo(userId: string, now: number, tx?: Reads): Promise<readonly Item[]> {
  const [failed, begun] = await readAll(
    () => itemsInHand(userId, ['REJECTED', 'INVALIDATED', 'MODIFYING'], tx),
    () => itemsBeingAppealed(userId, tx),
  );
  const writing = begun.filter((item) => isBeingWritten(item, userId, now));
  return [...failed.filter((item) => isPromoted(item) && isToDo(item, now)), ...writing].sort(byDeadline);
}

/** Whether an appeal that is not sent still is in this person's hands, and in time. */
export function isBeingWritten(item: Item, userId: string, now: number): boolean {
  return item.ownerId === userId && stateAt(item, now, true) === 'APPEALING';
}

/** Whether a failure waits for whoever has it in hand. */
export function isToDo(item: Item, now: number): boolean {
  return openRemedies(item, now).length > 0 || stateAt(item, now) === 'MODIFYING';
}
