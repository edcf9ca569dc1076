import { derivedId } from '@field/kit/ids';
import { findCard } from '../../models/cards.ts';
import { type Item, readUnder } from '../../models/item-rows.ts';
import { findItem, findItems } from '../../models/items.ts';
import { adminsOf, findPerson } from '../../models/people.ts';
import { programmeAt } from '../../models/programme-in-use.ts';
import { recordId, sendRecord } from '../../models/record-cards.ts';
import type { Transaction } from '../../models/transaction.ts';
import { type LoadCard, OLD_CARD } from '../../src/delivery/render-cards.ts';
import { nameOf } from './item-model.ts';
import { suspicionsAmong } from './reasons-of-item.ts';

/** Where something is suspected the ISO's admins are told, once for each revision; the promoter reads only that they know (domain A.10). */
export async function tellFraud(itemRefs: readonly string[], now: number, tx: Transaction): Promise<void> {
  const items = await findItems(itemRefs, tx);
  const suspicions = await suspicionsAmong(items);
  for (const { itemRef, isoId, revision } of items) {
    if (!suspicions.has(itemRef)) continue;
    for (const { userId } of await adminsOf(isoId, tx)) {
      const intent = intentOf({ itemRef, revision }, userId);
      const subject = { kind: 'item', id: itemRef } as const;
      await sendRecord({ intent, to: userId, kind: 'record', view: 'review.fraud', subject }, now, tx);
    }
  }
}

/** Whether an admin was told what is suspected of this revision of an item. */
export async function wasToldOfFraud(item: Pick<Item, 'itemRef' | 'revision'>, userId: string): Promise<boolean> {
  return (await findCard(recordId(intentOf(item, userId)))) !== undefined;
}

function intentOf({ itemRef, revision }: Pick<Item, 'itemRef' | 'revision'>, userId: string): string {
  return derivedId('fraud', itemRef, revision, userId);
}

/** For an admin of that ISO only. */
export const loadFraud: LoadCard = async ({ subject }, viewer) => {
  const item = await findItem(subject.id);
  if (item === undefined || item.isoId !== viewer.isoId || viewer.role !== 'ADMIN') {
    return OLD_CARD;
  }
  const promoter = await findPerson(item.staffId);
  const { text, language } = item.judgement ?? {};
  return {
    name: 'review.fraud',
    model: {
      name: nameOf(item),
      who: promoter?.name ?? '',
      words: text === undefined ? undefined : { text, language },
    },
    programme: await programmeAt(readUnder(item)),
    version: item.version,
  };
};
