import {
  addItems,
  changeItem,
  findItem,
  type Item,
  type ItemChange,
  posmRef,
  type SubmittedItem,
} from '../../models/items.ts';
import { changePerson, meetPerson } from '../../models/people.ts';
import { inTransaction } from '../../models/transaction.ts';

export const NOW = Date.UTC(2026, 10, 24, 3);
export const DATA_DATE = '20261123';
const YESTERDAY = Date.UTC(2026, 10, 23, 6);

/** A promoter who has joined. */
export async function hire(userId: string, isoId = 'iso'): Promise<void> {
  await inTransaction(async (tx) => {
    await meetPerson(userId, userId, tx);
    await changePerson(userId, { state: 'ACTIVE', isoId, language: 'en' }, tx);
  });
}

/** A store with spots as it was submitted yesterday: `<store>`, `<store>-1`, `<store>-1.posm`, … */
export async function submitShop(staffId: string, storeId: string, spots: number): Promise<void> {
  const common = { isoId: 'iso', staffId, storeId, shop: 'Baan Coffee', revision: 1, submittedAt: YESTERDAY };
  const none = { spotId: undefined, product: undefined, spotType: undefined, number: undefined };
  const items: SubmittedItem[] = [{ ...common, ...none, itemRef: storeId, itemType: 'STORE' }];
  for (let number = 1; number <= spots; number += 1) {
    const spotId = `${storeId}-${number}`;
    const spot = { ...common, spotId, product: 'PRIMARY_POSM', spotType: 'ENTRANCE_DOOR', number };
    items.push({ ...spot, itemRef: spotId, itemType: 'SPOT' }, { ...spot, itemRef: posmRef(spotId), itemType: 'POSM' });
  }
  await inTransaction((tx) => addItems(items, tx));
}

export async function itemOf(itemRef: string): Promise<Item> {
  const item = await findItem(itemRef);
  if (item === undefined) throw new Error(`no item ${itemRef}`);
  return item;
}

/** What a landed row makes of an item. */
export async function decide(
  itemRef: string,
  decision: 'APPROVED' | 'REJECTED',
  change: ItemChange & { dataDate?: string } = {},
): Promise<void> {
  const item = await itemOf(itemRef);
  const { dataDate = DATA_DATE, ...rest } = change;
  const judgement = {
    ...{ revision: item.revision, decision, reasonCodes: decision === 'REJECTED' ? ['SPOT_NOT_FIXED'] : [] },
    ...{ decidedAt: NOW, dataDate, text: undefined, language: undefined, sourceRowKey: `${itemRef}@${dataDate}` },
  };
  const deadline = decision === 'REJECTED' ? { deadlineAt: NOW + 3 * 86_400_000 } : {};
  await inTransaction((tx) => changeItem(item, { state: decision, judgement, ...deadline, ...rest }, tx));
}
