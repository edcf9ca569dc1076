import { type Appeal, changeAppeal, latestAppealOf } from '../../models/appeals.ts';
import type { Item } from '../../models/item-rows.ts';
import { changeItem } from '../../models/items.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { stateAt } from '../../src/domain/item-standing.ts';
import { showMenu } from '../menu/menu.ts';
import { takeInHand } from '../photos/in-hand.ts';
import { tappedAppeal } from './appeal.ts';
import { modify } from './modify.ts';
import { type AppealedItem, ownAppeal } from './own-appeal.ts';
import { showItem } from './show-item.ts';
import { touchItem } from './touch-item.ts';
import { failedState, whyNotNow } from './what-failed.ts';

/**
 * `Withdraw`, or `Cancel` before it was sent: a command, so from a stale card nothing changes. The item is what it was, and can be
 * modified, while its time is not over; after that a sent appeal only waits for its answer.
 */
export async function withdrawAppeal(ctx: TapContext): Promise<void> {
  const found = await openAppeal(ctx);
  if (found === undefined) return;
  const { appeal, item } = found;
  // an appeal that was sent does not lapse by itself, but there is nothing to go back to
  const inTime = stateAt(item, ctx.now, true) === 'APPEALING';
  if (!inTime) return showItem(ctx, item, whyNotNow(item, ctx.now));
  await giveUp(ctx, appeal, item);
  showItem(ctx, item, { key: 'appeal.withdrawn' });
}

/** `Modify instead`: the appeal that is being written is given up for a modification. */
export async function modifyInstead(ctx: TapContext): Promise<void> {
  const found = await tappedAppeal(ctx);
  if (found === undefined) return;
  await modify(ctx, await giveUp(ctx, found.appeal, found.item));
}

async function giveUp(ctx: TapContext, appeal: Appeal, item: Item): Promise<Item> {
  await changeAppeal(appeal, { state: 'WITHDRAWN' }, ctx.tx);
  const again = await changeItem(item, { state: failedState(item) }, ctx.tx);
  if (ctx.person.inHand?.id === appeal.appealId) await takeInHand(ctx, undefined);
  ctx.touch({ kind: 'appeal', id: appeal.appealId });
  touchItem(ctx, again);
  ctx.audit('review.withdrawAppeal', { kind: 'appeal', id: appeal.appealId });
  return again;
}

/** The open appeal of this person that a card about it, or about its item, shows as it is now; else what is so is shown. */
async function openAppeal(ctx: TapContext): Promise<AppealedItem | undefined> {
  const { subject, version } = ctx.update.params;
  const ofItem = subject?.kind === 'item' ? await latestAppealOf(subject.id, ctx.tx) : undefined;
  const found = await ownAppeal(subject?.kind === 'appeal' ? subject.id : ofItem, ctx.person, ctx.tx);
  if (found === undefined) {
    showMenu(ctx, { key: 'line.gone' });
    return undefined;
  }
  const { appeal, item } = found;
  const drawnFrom = subject?.kind === 'appeal' ? appeal.version : item.version;
  const isOpen = (appeal.state === 'DRAFT' || appeal.state === 'FILED') && item.state === 'APPEALING';
  if (isOpen && version === drawnFrom) return found;
  showItem(ctx, item, { key: isOpen ? 'line.changed' : 'item.cannotNow' });
  return undefined;
}
