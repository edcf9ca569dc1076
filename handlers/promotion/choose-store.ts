import { findStore } from '../../models/stores.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { useStore } from '../../src/flow/engine.ts';
import { gone, saveDraft, showDraft, tappedDraft } from './current-draft.ts';

/** A known shop was tapped: its facts stand in the form; the consent is asked afresh (POL P2). */
export async function chooseStore(ctx: TapContext): Promise<void> {
  const stored = await tappedDraft(ctx);
  if (stored === undefined) return gone(ctx);
  const { store: storeId } = ctx.update.params.extra;
  const store = storeId === undefined ? undefined : await findStore(storeId, ctx.tx);
  if (store !== undefined && store.isoId === ctx.person.isoId) {
    const { nameLocal, address, city, countryRegion, acceptsOnlyAlipay, details } = store;
    const managerName = typeof details.managerName === 'string' ? details.managerName : '';
    const paysWith = acceptsOnlyAlipay ? 'ALIPAY_ONLY' : 'ALIPAY_AND_OTHERS';
    const facts = { nameLocal, address, city, countryRegion, paysWith, ...(managerName && { managerName }) };
    await saveDraft(ctx, stored, useStore(stored.draft, store.storeId, facts).draft);
  }
  await showDraft(ctx, stored.draftId);
}
