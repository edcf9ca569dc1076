import { type Appeal, findAppeal, latestAppealOf } from '../../models/appeals.ts';
import type { Item } from '../../models/item-rows.ts';
import { findItem } from '../../models/items.ts';
import type { Person } from '../../models/people.ts';
import type { Transaction } from '../../models/transaction.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { isOpenAppeal } from '../../src/domain/appeal-state.ts';
import { stateAt } from '../../src/domain/item-standing.ts';
import { showMenu } from '../menu/menu.ts';
import { takeInHand } from '../photos/in-hand.ts';
import { showItem } from './item-at-hand.ts';
import { whyNotNow } from './item-model.ts';

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

/** The appeal is what the person works on now: photos go to it. */
export async function showAppeal(
  ctx: TapContext,
  { appealId }: Pick<Appeal, 'appealId'>,
  view: 'review.appeal' | 'review.appealWhy' = 'review.appeal',
): Promise<void> {
  const subject = { kind: 'appeal', id: appealId };
  await takeInHand(ctx, subject);
  ctx.show({ view, subject });
}

/**
 * The appeal that a tap is about, while it is this person's, is being written and is in time. Else how the item stands is shown, and
 * nothing changes.
 */
export async function tappedAppeal(ctx: TapContext): Promise<AppealedItem | undefined> {
  const { subject } = ctx.update.params;
  const found = await ownAppeal(subject?.kind === 'appeal' ? subject.id : undefined, ctx.person, ctx.tx);
  if (found === undefined) {
    showMenu(ctx, { key: 'line.gone' });
    return undefined;
  }
  const { appeal, item } = found;
  if (appeal.state === 'DRAFT' && isOfNow(found) && stateAt(item, ctx.now, true) === 'APPEALING') return found;
  showItem(ctx, item, appeal.state === 'FILED' ? { key: 'appeal.frozen' } : whyNotNow(item, ctx.now));
  return undefined;
}

/** The open appeal of this person that a card about it, or about its item, shows as it is now; else what is so is shown. */
export async function openAppeal(ctx: TapContext): Promise<AppealedItem | undefined> {
  const { subject, version } = ctx.update.params;
  const ofItem = subject?.kind === 'item' ? await latestAppealOf(subject.id, ctx.tx) : undefined;
  const found = await ownAppeal(subject?.kind === 'appeal' ? subject.id : ofItem, ctx.person, ctx.tx);
  if (found === undefined) {
    showMenu(ctx, { key: 'line.gone' });
    return undefined;
  }
  const { appeal, item } = found;
  const drawnFrom = subject?.kind === 'appeal' ? appeal.version : item.version;
  const isOpen = isOpenAppeal(appeal.state) && isOfNow(found) && item.state === 'APPEALING';
  if (isOpen && version === drawnFrom) return found;
  showItem(ctx, item, { key: isOpen ? 'line.changed' : 'item.cannotNow' });
  return undefined;
}

/** Whether it is against what was submitted last: of the same item an older one may still wait for its answer. */
function isOfNow({ appeal, item }: AppealedItem): boolean {
  return appeal.againstRevision === item.revision;
}
