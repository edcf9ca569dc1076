import { type Item, Items, toItem } from './item-rows.ts';
import { Promotions } from './promotions.ts';
import { Spots } from './spots.ts';

/** What a person says on the phone, `P-7K3M`, stands for: the spots of that promotion, and all items of its shop; nothing where there is none. */
export async function promotedByNumber(
  number: string,
): Promise<{ readonly spotIds: readonly string[]; readonly items: readonly Item[] }> {
  const only = { only: ['promotionId'] } as const;
  const [spots, items] = await Promise.all([
    Promotions.findWith({ number }, { of: Spots, by: 'promotionId', at: 'promotionId', only: ['spotId'] }, only),
    Promotions.findWith({ number }, { of: Items, by: 'storeId', at: 'storeId' }, only),
  ]);
  return {
    spotIds: spots.flatMap(({ joined }) => joined.map(({ spotId }) => spotId)),
    items: items.flatMap(({ joined }) => joined.map(toItem)),
  };
}
