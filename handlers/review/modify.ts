import { addDraft, changeDraft, findOpenModification, modificationKey } from '../../models/drafts.ts';
import type { Item } from '../../models/item-rows.ts';
import { changeItem } from '../../models/items.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { openRemedies, stateAt } from '../../src/domain/item-standing.ts';
import { modificationOf } from '../../src/flow/engine.ts';
import { takeInHand } from '../photos/in-hand.ts';
import { showDraft } from '../promotion/current-draft.ts';
import { failedItem } from './failed-item.ts';
import { showItem } from './show-item.ts';
import { ownItem } from './tapped-item.ts';
import { touchItem } from './touch-item.ts';
import { failedState, whyNotNow } from './what-failed.ts';

/** `Modify`: asks for what failed, and nothing else; begun already, it goes on. It keeps Appeal from being begun. */
export async function startModification(ctx: TapContext): Promise<void> {
  const item = await ownItem(ctx);
  if (item !== undefined) await modify(ctx, item);
}

/** Begins to modify an item of this person, or goes on with it, where that is possible now. */
export async function modify(ctx: TapContext, item: Item): Promise<void> {
  if (stateAt(item, ctx.now) === 'MODIFYING') return await goOn(ctx, item);
  if (!openRemedies(item, ctx.now).includes('MODIFY')) return showItem(ctx, item, whyNotNow(item, ctx.now));
  touchItem(ctx, await changeItem(item, { state: 'MODIFYING' }, ctx.tx));
  ctx.audit('review.modify', { kind: 'item', id: item.itemRef }, { revision: item.revision });
  await begin(ctx, item);
}

async function goOn(ctx: TapContext, item: Item): Promise<void> {
  const open = await findOpenModification(item.itemRef, ctx.tx);
  if (open === undefined) await begin(ctx, item);
  else await showDraft(ctx, open.draftId);
}

async function begin(ctx: TapContext, item: Item): Promise<void> {
  const found = await failedItem(item, ctx.tx);
  if (found === undefined) return showItem(ctx, item);
  const { product } = found.promotion;
  const draftId = ctx.ids.next();
  const whose = { userId: ctx.person.userId, isoId: item.isoId, product, storeKey: modificationKey(item.itemRef) };
  await addDraft({ draftId, ...whose, draft: modificationOf(found.failed), updatedAt: ctx.now }, ctx.tx);
  await showDraft(ctx, draftId);
}

/** `Cancel`: the item is what it was, nothing of the draft is sent. */
export async function cancelModification(ctx: TapContext): Promise<void> {
  const item = await ownItem(ctx);
  if (item === undefined) return;
  if (stateAt(item, ctx.now) !== 'MODIFYING') return showItem(ctx, item, whyNotNow(item, ctx.now));
  const open = await findOpenModification(item.itemRef, ctx.tx);
  if (open !== undefined) await changeDraft(open, { state: 'DISCARDED', updatedAt: ctx.now }, ctx.tx);
  if (ctx.person.inHand?.id === open?.draftId) await takeInHand(ctx, undefined);
  touchItem(ctx, await changeItem(item, { state: failedState(item) }, ctx.tx));
  ctx.audit('review.cancelModify', { kind: 'item', id: item.itemRef }, { revision: item.revision });
  showItem(ctx, item, { key: 'modify.cancelled' });
}
