import type { CardLine } from '../../models/cards.ts';
import { findDraft } from '../../models/drafts.ts';
import type { Item } from '../../models/item-rows.ts';
import { findItem } from '../../models/items.ts';
import { resultDayId } from '../../models/result-days.ts';
import type { Context, TapContext } from '../../src/bot/context.ts';
import type { TapSubject } from '../../src/bot/tap-subject.ts';
import { showMenu } from '../menu/menu.ts';
import { isPromoted } from './item-model.ts';

/** An item of this person: they submitted its last revision, in the ISO they work for. */
export const OWN_ITEM: TapSubject<Item> = {
  async load(ctx) {
    const itemRef = await itemNamed(ctx);
    return itemRef === undefined ? undefined : await findItem(itemRef, ctx.tx);
  },
  mayUse: ({ userId, isoId }, item) => item.staffId === userId && item.isoId === isoId && isPromoted(item),
  refuse: (ctx) => showMenu(ctx, { key: 'line.gone' }),
};

/** On a card about the item, on one about the draft that puts it right, or on a list or record that names it. */
async function itemNamed(ctx: TapContext): Promise<string | undefined> {
  const { subject, extra } = ctx.update.params;
  if (extra.item !== undefined || subject?.kind === 'item') return extra.item ?? subject?.id;
  const stored = subject?.kind === 'draft' ? await findDraft(subject.id, ctx.tx) : undefined;
  return stored?.draft.modifies?.itemRef;
}

/** How an item stands, on the working card. */
export function showItem(ctx: Pick<Context, 'show'>, item: Pick<Item, 'itemRef'>, line?: CardLine): void {
  ctx.show({ view: 'review.item', subject: { kind: 'item', id: item.itemRef }, line });
}

/** What shows an item is drawn anew: its own cards, and the card of the day that decided it. */
export function touchItem(ctx: Pick<Context, 'touch'>, { itemRef, itemType, staffId, judgement }: Item): void {
  ctx.touch({ kind: itemType === 'INSPECTION' ? 'inspection' : 'item', id: itemRef });
  if (judgement !== undefined) ctx.touch({ kind: 'resultDay', id: resultDayId(staffId, judgement.dataDate) });
}
