import { type Appeal, findAppeal } from '../../models/appeals.ts';
import type { Item } from '../../models/item-rows.ts';
import { findItem } from '../../models/items.ts';
import type { Person } from '../../models/people.ts';
import type { Transaction } from '../../models/transaction.ts';

export interface AppealedItem {
  readonly appeal: Appeal;
  readonly item: Item;
}

/** An appeal with its item, if both are this person's, in the ISO that they work for. */
export async function ownAppeal(
  found: Appeal | string | undefined,
  { userId, isoId }: Pick<Person, 'userId' | 'isoId'>,
  tx?: Transaction,
): Promise<AppealedItem | undefined> {
  const appeal = typeof found === 'string' ? await findAppeal(found, tx) : found;
  if (appeal?.userId !== userId || appeal.isoId !== isoId) return undefined;
  const item = await findItem(appeal.itemRef, tx);
  return item?.staffId === userId ? { appeal, item } : undefined;
}
