import type { CardLine } from '../../models/cards.ts';
import type { Item } from '../../models/item-rows.ts';
import type { Context } from '../../src/bot/context.ts';

/** How an item stands, on the working card. */
export function showItem(ctx: Pick<Context, 'show'>, item: Pick<Item, 'itemRef'>, line?: CardLine): void {
  ctx.show({ view: 'item', subject: { kind: 'item', id: item.itemRef }, ...(line !== undefined && { line }) });
}
