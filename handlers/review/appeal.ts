import { type Appeal, addAppeal, changeAppeal, latestAppealOf } from '../../models/appeals.ts';
import { changeItem } from '../../models/items.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { readStatement } from '../../src/domain/appeal-statement.ts';
import { openRemedies, stateAt } from '../../src/domain/item-standing.ts';
import { showMenu } from '../menu/menu.ts';
import { takeInHand } from '../photos/in-hand.ts';
import { type AppealedItem, ownAppeal } from './own-appeal.ts';
import { showItem } from './show-item.ts';
import { ownItem } from './tapped-item.ts';
import { touchItem } from './touch-item.ts';
import { whyNotNow } from './what-failed.ts';

/** `Appeal`: asks why, then for photos; begun already, it goes on. It keeps Modify from being begun. */
export async function startAppeal(ctx: TapContext): Promise<void> {
  const item = await ownItem(ctx);
  if (item === undefined) return;
  const latest = item.state === 'APPEALING' ? await latestAppealOf(item.itemRef, ctx.tx) : undefined;
  if (latest?.state === 'DRAFT' && stateAt(item, ctx.now, true) === 'APPEALING') return await showAppeal(ctx, latest);
  if (!openRemedies(item, ctx.now).includes('APPEAL')) return showItem(ctx, item, whyNotNow(item, ctx.now));
  const appealId = ctx.ids.next();
  const { itemRef, isoId, revision: againstRevision, judgement } = item;
  touchItem(ctx, await changeItem(item, { state: 'APPEALING' }, ctx.tx));
  await addAppeal(
    {
      ...{ appealId, itemRef, isoId, userId: ctx.person.userId, againstRevision, startedAt: ctx.now },
      againstReasonCodes: judgement?.reasonCodes ?? [],
    },
    ctx.tx,
  );
  ctx.audit('review.appeal', { kind: 'item', id: itemRef }, { revision: againstRevision });
  await showAppeal(ctx, { appealId });
}

/** The appeal is what the person works on now: photos go to it. */
export async function showAppeal(
  ctx: TapContext,
  { appealId }: Pick<Appeal, 'appealId'>,
  view: 'appeal' | 'appeal-why' = 'appeal',
): Promise<void> {
  const subject = { kind: 'appeal', id: appealId };
  await takeInHand(ctx, subject);
  ctx.show({ view, subject });
}

/** The reason, as typed: taken, or it comes back with what is wrong with it. Never refused for age. */
export async function sayWhy(ctx: TapContext): Promise<void> {
  const found = await tappedAppeal(ctx);
  if (found === undefined) return;
  const { why } = ctx.update.params.form ?? {};
  const typed = typeof why === 'string' ? why : (found.appeal.typed ?? found.appeal.statement);
  const reading = readStatement(typed);
  if (reading.ok) {
    const { statement } = reading;
    return await showAppeal(ctx, await changeAppeal(found.appeal, { statement, typed: '', note: '' }, ctx.tx));
  }
  await showAppeal(
    ctx,
    await changeAppeal(found.appeal, { typed: typed.slice(0, LONGEST_KEPT) }, ctx.tx),
    'appeal-why',
  );
}

/** Longer text is cut before it is kept: no form can show it again. */
const LONGEST_KEPT = 2_000;

/** `Back`: what was said can be changed. */
export async function openWhy(ctx: TapContext): Promise<void> {
  const found = await tappedAppeal(ctx);
  if (found !== undefined) await showAppeal(ctx, found.appeal, 'appeal-why');
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
  if (appeal.state === 'DRAFT' && stateAt(item, ctx.now, true) === 'APPEALING') return found;
  showItem(ctx, item, appeal.state === 'FILED' ? { key: 'appeal.frozen' } : whyNotNow(item, ctx.now));
  return undefined;
}
