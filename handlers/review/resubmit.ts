import { changeDraft } from '../../models/drafts.ts';
import { findItem } from '../../models/items.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { submissionKey } from '../../src/daily/submission-line.ts';
import { takeInHand } from '../photos/in-hand.ts';
import { gone, saveDraft, showChanged, showDraft, tappedDraft } from '../promotion/current-draft.ts';
import { withCodesStillFree } from '../promotion/look-up-codes.ts';
import { withPhotosStillUnused } from '../promotion/look-up-photos.ts';
import { failedItem } from './failed-item.ts';
import { touchItem } from './touch-item.ts';
import { writeRevision } from './write-revision.ts';

/** `Resubmit`: a command, so from a stale card nothing changes. The item goes into review again with its next revision. */
export async function resubmit(ctx: TapContext): Promise<void> {
  const stored = await tappedDraft(ctx);
  const { modifies } = stored?.draft ?? {};
  if (stored === undefined || modifies === undefined) return gone(ctx);
  if (ctx.update.params.version !== stored.version) return await showChanged(ctx, stored);
  const draft = await withPhotosStillUnused(ctx, await withCodesStillFree(ctx, stored.draft));
  const item = await findItem(modifies.itemRef, ctx.tx);
  const found = item && (await failedItem(item, ctx.tx));
  if (item === undefined || found === undefined) return gone(ctx);
  if (!(await writeRevision(ctx, draft, item, found.promotion))) {
    await saveDraft(ctx, stored, draft);
    return await showDraft(ctx, stored.draftId);
  }
  await changeDraft(stored, { draft, state: 'SUBMITTED', updatedAt: ctx.now }, ctx.tx);
  await takeInHand(ctx, undefined);
  touchItem(ctx, item);
  const revision = item.revision + 1;
  ctx.audit('review.resubmit', { kind: 'item', id: item.itemRef }, { revision });
  ctx.become({ view: 'resent', subject: { kind: 'submission', id: submissionKey(item.itemRef, revision) } });
}
