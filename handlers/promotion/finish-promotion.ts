import { changeDraft, type StoredDraft } from '../../models/drafts.ts';
import { findIso } from '../../models/isos.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { askToConfirm, doubtsToAsk, offer, toSubmission } from '../../src/flow/engine.ts';
import { showMenu } from '../menu/menu.ts';
import { setCurrentWork } from '../photos/current-work.ts';
import { saveDraft, showDraft, subjectOf } from './current-draft.ts';
import { shopName } from './job.ts';
import { siteSubmitted } from './sites.ts';
import { limitsFor } from './store-limits.ts';
import { withCodesStillFree, withPhotosStillUnused } from './used-elsewhere.ts';
import { writePromotion } from './write-promotion.ts';

/** `Submit`: with doubts that were not answered yet it asks once more; without, it stores everything at once. */
export async function submitPromotion(ctx: TapContext, stored: StoredDraft): Promise<void> {
  await submit(ctx, stored, false);
}

/** `Submit anyway`: the doubts were read. */
export async function submitAnyway(ctx: TapContext, stored: StoredDraft): Promise<void> {
  await submit(ctx, stored, true);
}

/**
 * What may have changed since (a code or a photo used elsewhere) is looked up again in this transaction; then store, promotion, spots, bindings, photos and the hand-over rows are written in it.
 */
async function submit(ctx: TapContext, stored: StoredDraft, sure: boolean): Promise<void> {
  const { order = 'plain' } = (await findIso(stored.isoId, ctx.tx)) ?? {};
  // begun at the very moment in which an operator set another one
  if (order !== stored.order) {
    await changeDraft(stored, { order, updatedAt: ctx.now }, ctx.tx);
    return await showDraft(ctx, stored.draftId, { key: 'line.changed' });
  }
  const draft = await withPhotosStillUnused(
    ctx,
    await withCodesStillFree({ tx: ctx.tx, isoId: stored.isoId }, stored.draft),
  );
  const limits = await limitsFor(stored, ctx.tx);
  const found = offer(draft, limits);
  if (!found.canSubmit || (doubtsToAsk(found).length > 0 && !sure)) {
    await saveDraft(ctx, stored, askToConfirm(draft, limits));
    return await showDraft(ctx, stored.draftId);
  }
  const site = await siteSubmitted(ctx, stored, draft);
  const submission = toSubmission(draft, { ...limits, siteIsOver: site?.isOver });
  if (submission === undefined) return await showDraft(ctx, stored.draftId);
  const promotionId = await writePromotion(ctx, stored, submission, site);
  const set = { draft, state: 'SUBMITTED', promotionId, siteId: site?.siteId, updatedAt: ctx.now } as const;
  await changeDraft(stored, set, ctx.tx);
  await setCurrentWork(ctx, undefined);
  ctx.become({ view: 'promotion.submitted', subject: { kind: 'promotion', id: promotionId } });
}

/** Asks whether everything of this promotion shall be thrown away. */
export function askToDiscard(ctx: TapContext, { draftId }: StoredDraft): void {
  ctx.show({ view: 'promotion.discard', subject: subjectOf(draftId) });
}

/** Thrown away, as asked twice. */
export async function discardPromotion(ctx: TapContext, stored: StoredDraft): Promise<void> {
  await changeDraft(stored, { state: 'DISCARDED', updatedAt: ctx.now }, ctx.tx);
  await setCurrentWork(ctx, undefined);
  ctx.audit('promotion.discard', subjectOf(stored.draftId));
  showMenu(ctx, { key: 'line.discarded', args: { shop: shopName(stored.draft) } });
}
