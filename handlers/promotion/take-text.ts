import type { MessageContext } from '../../src/bot/context.ts';
import { readTyped } from '../../src/domain/marketing-code.ts';
import { back, placeOf, typeCode } from '../../src/flow/engine.ts';
import { keepPlace } from '../fallbacks.ts';
import { showMenu } from '../menu/menu.ts';
import { draftInHand, saveDraft, showDraft } from './current-draft.ts';

/** A text: the code of the spot where one is asked for, else it has no meaning here. */
export async function takeText(ctx: MessageContext): Promise<void> {
  const stored = ctx.card?.view === 'promotion' ? await draftInHand(ctx) : undefined;
  if (stored === undefined) return keepPlace(ctx);
  const place = placeOf(stored.draft);
  const typed = ctx.update.content.text ?? '';
  const wanted =
    place.kind === 'typeCode' || (place.kind === 'photo' && place.codeWanted && readTyped(typed).kind === 'ours');
  if (!wanted || place.spot === undefined) return keepPlace(ctx);
  await saveDraft(ctx, stored, typeCode(stored.draft, place.spot, typed).draft);
  await showDraft(ctx, stored.draftId);
}

/** The word `back`, while a promotion stands on the working card: one step back in it, from its first card to the menu. */
export async function sayBackInPromotion(ctx: MessageContext): Promise<void> {
  const stored = await draftInHand(ctx);
  if (stored === undefined) return showMenu(ctx);
  const { draft } = back(stored.draft);
  if (draft === stored.draft) return showMenu(ctx);
  await saveDraft(ctx, stored, draft);
  await showDraft(ctx, stored.draftId);
}
