import type { StoredDraft } from '../../models/drafts.ts';
import type { MessageContext, TapContext } from '../../src/bot/context.ts';
import { back } from '../../src/flow/engine.ts';
import { keepPlace } from '../keep-place.ts';
import { showMenu } from '../menu/menu.ts';
import { currentDraft, saveDraft, showDraft, wentOnSince } from './current-draft.ts';

/** One step back; from the first card of a promotion, to the menu. */
export async function goBack(ctx: TapContext, stored: StoredDraft): Promise<void> {
  const beside = ctx.card?.view !== 'promotion';
  const { draft } = beside ? stored : back(stored.draft);
  if (!beside && draft === stored.draft) return showMenu(ctx);
  await saveDraft(ctx, stored, draft);
  await showDraft(ctx, stored.draftId);
}

/** The word `back`, while a promotion stands on the working card: one step back in it, from its first card to the menu. */
export async function sayBackInPromotion(ctx: MessageContext): Promise<void> {
  const stored = await currentDraft(ctx);
  if (stored === undefined) return showMenu(ctx);
  if (wentOnSince(ctx, stored)) return keepPlace(ctx);
  const { draft } = back(stored.draft);
  if (draft === stored.draft) return showMenu(ctx);
  await saveDraft(ctx, stored, draft);
  await showDraft(ctx, stored.draftId);
}
