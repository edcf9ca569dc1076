import type { CardLine } from '../../models/cards.ts';
import { findDraft, findOpenModification } from '../../models/drafts.ts';
import type { Item } from '../../models/item-rows.ts';
import { findItem } from '../../models/items.ts';
import type { Person } from '../../models/people.ts';
import { readAll } from '../../models/read-together.ts';
import type { Context, TapContext } from '../../src/bot/context.ts';
import type { TapSubject } from '../../src/bot/tap-subject.ts';
import { showMenu } from '../menu/menu.ts';
import { isPromoted } from './item-model.ts';

/** An item that this person has in hand, in the ISO they work for: what is to be done about it is theirs to do. */
export const OWN_ITEM: TapSubject<Item> = {
  async load(ctx) {
    const itemRef = await itemNamed(ctx);
    return itemRef === undefined ? undefined : await findItem(itemRef, ctx.tx);
  },
  mayUse: ({ userId, isoId }, item) => item.ownerId === userId && item.isoId === isoId && isPromoted(item),
  refuse: (ctx) => showMenu(ctx, { key: 'line.gone' }),
};

/** The same, with the draft that puts it right read beside it. */
export const OWN_ITEM_BEING_MODIFIED: TapSubject<Item> = {
  ...OWN_ITEM,
  async load(ctx) {
    const itemRef = await itemNamed(ctx);
    if (itemRef === undefined) return undefined;
    const [item] = await readAll(
      () => findItem(itemRef, ctx.tx),
      () => findOpenModification(itemRef, ctx.tx),
    );
    return item;
  },
};

/** An item that this person has in hand or is the author of: how it stands is theirs to read. */
export const OWN_RESULT: TapSubject<Item> = {
  ...OWN_ITEM,
  mayUse: (person, item) => mayRead(person, item) && item.isoId === person.isoId && isPromoted(item),
};

/** Whether somebody did it, or has it in hand. */
export function mayRead({ userId }: Pick<Person, 'userId'>, { staffId, ownerId }: Item): boolean {
  return staffId === userId || ownerId === userId;
}

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
