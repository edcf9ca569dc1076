import { addDraft, changeDraft, findOpenModification, modificationKey, type StoredDraft } from '../../models/drafts.ts';
import type { Item } from '../../models/item-rows.ts';
import { changeItem, findItem } from '../../models/items.ts';
import { readAll } from '../../models/read-together.ts';
import type { TapContext } from '../../src/bot/context.ts';
import type { VersionedSubject } from '../../src/bot/tap-subject.ts';
import { submissionKey } from '../../src/daily/submission-line.ts';
import { openRemedies, stateAt } from '../../src/domain/item-standing.ts';
import { modificationOf } from '../../src/flow/engine.ts';
import { setCurrentWork } from '../photos/current-work.ts';
import { OWN_DRAFT, saveDraft, showDraft, showOver } from '../promotion/current-draft.ts';
import { withCodesStillFree, withPhotosStillUnused } from '../promotion/used-elsewhere.ts';
import { failedItem } from './failed-item.ts';
import { showItem } from './item-at-hand.ts';
import { failedState, whyNotNow } from './item-model.ts';
import { touchItem } from './touch-item.ts';
import { readWhatIsRevised, writeRevision } from './write-revision.ts';

/** `Modify`: asks for what failed, and nothing else; begun already, it goes on. It keeps Appeal from being begun. */
export async function modify(ctx: TapContext, item: Item): Promise<void> {
  if (stateAt(item, ctx.now) === 'MODIFYING') return await goOn(ctx, item);
  if (!openRemedies(item, ctx.now).includes('MODIFY')) return showItem(ctx, item, whyNotNow(item, ctx.now));
  touchItem(ctx, await changeItem(item, { state: 'MODIFYING' }, ctx.tx));
  ctx.audit('review.modify', { kind: 'item', id: item.itemRef }, { revision: item.revision });
  await begin(ctx, item);
}

async function goOn(ctx: TapContext, item: Item): Promise<void> {
  const open = await findOpenModification(item.itemRef, ctx.tx);
  if (open === undefined) await begin(ctx, item);
  else await showDraft(ctx, open.draftId);
}

async function begin(ctx: TapContext, item: Item): Promise<void> {
  const found = await failedItem(item, ctx.tx);
  if (found === undefined) return showItem(ctx, item);
  const { product } = found.promotion;
  const draftId = ctx.ids.next();
  const { isoId, itemRef, programme } = item;
  const whose = { userId: ctx.person.userId, isoId, product, storeKey: modificationKey(itemRef), programme };
  await addDraft({ draftId, ...whose, draft: modificationOf(found.failed), updatedAt: ctx.now }, ctx.tx);
  await showDraft(ctx, draftId);
}

/** `Cancel`: the item is what it was, nothing of the draft is sent. */
export async function cancelModification(ctx: TapContext, item: Item): Promise<void> {
  if (stateAt(item, ctx.now) !== 'MODIFYING') return showItem(ctx, item, whyNotNow(item, ctx.now));
  const open = await findOpenModification(item.itemRef, ctx.tx);
  if (open !== undefined) await changeDraft(open, { state: 'DISCARDED', updatedAt: ctx.now }, ctx.tx);
  if (ctx.person.currentWork?.id === open?.draftId) await setCurrentWork(ctx, undefined);
  touchItem(ctx, await changeItem(item, { state: failedState(item) }, ctx.tx));
  ctx.audit('review.cancelModify', { kind: 'item', id: item.itemRef }, { revision: item.revision });
  showItem(ctx, item, { key: 'modify.cancelled' });
}

/** A draft of this person that puts something right. */
export const OWN_MODIFICATION: VersionedSubject<StoredDraft> = {
  ...OWN_DRAFT,
  async isOpen(ctx, stored) {
    if (stored.draft.modifies === undefined) return false;
    const [isOpen] = await readAll(
      async () => (await OWN_DRAFT.isOpen?.(ctx, stored)) === true,
      // what is asked for next
      () => withPhotosStillUnused(ctx, stored.draft),
      () => withCodesStillFree({ tx: ctx.tx, isoId: stored.isoId }, stored.draft),
      () => readWhatIsRevised(ctx, stored),
    );
    return isOpen;
  },
};

/** `Resubmit`: the item goes into review again with its next revision. */
export async function resubmit(ctx: TapContext, stored: StoredDraft): Promise<void> {
  const draft = await withPhotosStillUnused(
    ctx,
    await withCodesStillFree({ tx: ctx.tx, isoId: stored.isoId }, stored.draft),
  );
  const { modifies } = stored.draft;
  const item = modifies && (await findItem(modifies.itemRef, ctx.tx));
  const found = item && (await failedItem(item, ctx.tx));
  if (item === undefined || found === undefined) return showOver(ctx, stored);
  if (!(await writeRevision(ctx, draft, item, found.promotion))) {
    await saveDraft(ctx, stored, draft);
    return await showDraft(ctx, stored.draftId);
  }
  await changeDraft(stored, { draft, state: 'SUBMITTED', updatedAt: ctx.now }, ctx.tx);
  await setCurrentWork(ctx, undefined);
  touchItem(ctx, item);
  const revision = item.revision + 1;
  ctx.audit('review.resubmit', { kind: 'item', id: item.itemRef }, { revision });
  ctx.become({ view: 'review.resent', subject: { kind: 'submission', id: submissionKey(item.itemRef, revision) } });
}
