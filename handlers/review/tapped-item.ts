import type { CardLine } from '../../models/cards.ts';
import { findItem, type Item } from '../../models/items.ts';
import type { Context, TapContext } from '../../src/bot/context.ts';
import { showMenu } from '../menu/menu.ts';
import { isPromoted } from './item-model.ts';

/**
 * The item that a tap is about, if it is this person's: they submitted its last revision, in the ISO they work for. Else they get
 * their menu, with one line.
 */
export async function ownItem(ctx: TapContext): Promise<Item | undefined> {
  const { subject, extra } = ctx.update.params;
  const itemRef = extra.item ?? (subject?.kind === 'item' ? subject.id : undefined);
  const item = itemRef === undefined ? undefined : await findItem(itemRef, ctx.tx);
  const { userId, isoId } = ctx.person;
  if (item?.staffId === userId && item.isoId === isoId && isPromoted(item)) return item;
  showMenu(ctx, { key: 'line.gone' });
  return undefined;
}

/** How an item stands, on the working card. */
export function showItem(ctx: Pick<Context, 'show'>, item: Pick<Item, 'itemRef'>, line?: CardLine): void {
  ctx.show({ view: 'item', subject: { kind: 'item', id: item.itemRef }, ...(line !== undefined && { line }) });
}
