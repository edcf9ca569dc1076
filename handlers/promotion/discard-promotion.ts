import { changeDraft } from '../../models/drafts.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { showMenu } from '../menu/menu.ts';
import { takeInHand } from '../photos/in-hand.ts';
import { gone, showChanged, subjectOf, tappedPromotion } from './current-draft.ts';
import { shopName } from './job.ts';

/** Asks whether everything of this promotion shall be thrown away. */
export async function askToDiscard(ctx: TapContext): Promise<void> {
  const stored = await tappedPromotion(ctx);
  if (stored === undefined) return gone(ctx);
  ctx.show({ view: 'promotion-discard', subject: subjectOf(stored.draftId) });
}

/** Thrown away, as asked twice: a command, so from a stale card nothing changes. */
export async function discardPromotion(ctx: TapContext): Promise<void> {
  const stored = await tappedPromotion(ctx);
  if (stored === undefined) return gone(ctx);
  if (ctx.update.params.version !== stored.version) return await showChanged(ctx, stored);
  await changeDraft(stored, { state: 'DISCARDED', updatedAt: ctx.now }, ctx.tx);
  await takeInHand(ctx, undefined);
  ctx.audit('promotion.discard', subjectOf(stored.draftId));
  showMenu(ctx, { key: 'line.discarded', args: { shop: shopName(stored.draft) } });
}
