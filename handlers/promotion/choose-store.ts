import { findStore, type Store } from '../../models/stores.ts';
import type { TapContext } from '../../src/bot/context.ts';
import type { FieldName } from '../../src/flow/definition.ts';
import { useStore } from '../../src/flow/engine.ts';
import { gone, saveDraft, showDraft, tappedPromotion } from './current-draft.ts';

/** A known shop was tapped: its facts stand in the forms; the consent is asked afresh (POL P2). */
export async function chooseStore(ctx: TapContext): Promise<void> {
  const stored = await tappedPromotion(ctx);
  if (stored === undefined) return gone(ctx);
  const { store: storeId } = ctx.update.params.extra;
  const store = storeId === undefined ? undefined : await findStore(storeId, ctx.tx);
  if (store !== undefined && store.isoId === ctx.person.isoId) {
    await saveDraft(ctx, stored, useStore(stored.draft, store.storeId, factsOf(store)).draft);
  }
  await showDraft(ctx, stored.draftId);
}

/** What the forms said of the shop and its business when it was promoted last. */
function factsOf(store: Store): Partial<Record<FieldName, string>> {
  const { nameLocal, address, city, countryRegion, acceptsOnlyAlipay } = store;
  const { managerName, merchant } = store.details;
  const { tradingName, contactName, contactPhoneOrEmail } = merchant;
  const { registrationNo } = merchant.more;
  return {
    ...{ nameLocal, address, city, countryRegion, managerName, tradingName, contactName, contactPhoneOrEmail },
    paysWith: acceptsOnlyAlipay ? 'ALIPAY_ONLY' : 'ALIPAY_AND_OTHERS',
    ...(typeof registrationNo === 'string' && { registrationNo }),
  };
}
