import { openAskOf } from '../../models/account-asks.ts';
import { changeDraft, type StoredDraft } from '../../models/drafts.ts';
import { findIso } from '../../models/isos.ts';
import { readAll } from '../../models/read-together.ts';
import { accountOf } from '../../models/test-accounts.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { askToConfirm, doubtsToAsk, limitsOf, offer, type Submission, toSubmission } from '../../src/flow/engine.ts';
import { showMenu } from '../menu/menu.ts';
import { setCurrentWork } from '../photos/current-work.ts';
import { readFlags, readPhotos } from '../photos/flagged-row.ts';
import { saveDraft, showDraft, subjectOf } from './current-draft.ts';
import { shopName } from './job.ts';
import { siteSubmitted } from './sites.ts';
import { limitsFor } from './store-limits.ts';
import { withCodesStillFree, withPhotosStillUnused } from './used-elsewhere.ts';
import { paidPhotos } from './write-payments.ts';
import { freeNumber, writePromotion } from './write-promotion.ts';
import { knownShop, readStore } from './write-store.ts';

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
  const [number] = await readAll(
    () => freeNumber(ctx),
    () => readWhatIsLookedAt(ctx, stored),
    () => withPhotosStillUnused(ctx, stored.draft),
    () => withCodesStillFree({ tx: ctx.tx, isoId: stored.isoId }, stored.draft),
    () => limitsFor(stored, ctx.tx),
  );
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
  await readWhatIsWritten(ctx, stored);
  const site = await siteSubmitted(ctx, stored, draft);
  const submission = toSubmission(draft, { ...limits, siteIsOver: site?.isOver });
  if (submission === undefined) return await showDraft(ctx, stored.draftId);
  const promotionId = await writePromotion(ctx, stored, submission, { number, site });
  const set = { draft, state: 'SUBMITTED', promotionId, siteId: site?.siteId, updatedAt: ctx.now } as const;
  await changeDraft(stored, set, ctx.tx);
  await setCurrentWork(ctx, undefined);
  ctx.become({ view: 'promotion.submitted', subject: { kind: 'promotion', id: promotionId } });
}

/** Reads what a submission will ask for, as far as its draft tells that before it is looked at again. */
async function readWhatIsLookedAt(ctx: TapContext, stored: StoredDraft): Promise<void> {
  const { draft, isoId } = stored;
  const { userId } = ctx.person;
  const submission = toSubmission(draft, limitsOf(draft));
  if (submission === undefined) return;
  await readAll(
    () => knownShop(stored, submission, ctx.tx),
    () => readPhotos(ctx, isoId, linesOf(stored, submission)),
    async () => (draft.payments === undefined ? undefined : await accountOf(userId, isoId, ctx.tx)),
    async () => (draft.payments === undefined ? undefined : await openAskOf(userId, isoId, ctx.tx)),
  );
}

/** Reads what hangs on that, once it is submitted. */
async function readWhatIsWritten(ctx: TapContext, stored: StoredDraft): Promise<void> {
  const submission = toSubmission(stored.draft, limitsOf(stored.draft));
  if (submission === undefined) return;
  await readAll(
    () => readStore(ctx, stored, submission),
    () => readFlags(ctx, stored.isoId, linesOf(stored, submission)),
  );
}

function linesOf(stored: StoredDraft, { store, spots }: Submission) {
  return [store, ...spots, { photos: paidPhotos(stored) }];
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
