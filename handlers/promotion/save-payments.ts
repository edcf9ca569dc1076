import { derivedId } from '@field/kit/ids';
import type { StoredDraft } from '../../models/drafts.ts';
import { adminsOf } from '../../models/people.ts';
import { actedAt, type Context, type TapContext } from '../../src/bot/context.ts';
import { stopsUnpaid } from '../../src/flow/definition.ts';
import type { Draft } from '../../src/flow/draft.ts';
import { open } from '../../src/flow/engine.ts';
import { sayPaysOnly } from '../../src/flow/say-pays-only.ts';
import type { Inspection } from '../../src/inspection/inspection.ts';
import { triedAgain } from '../../src/inspection/verification.ts';
import { saveDraft, showDraft, subjectOf } from './current-draft.ts';

/**
 * Stores what was said and sent to verify payments. Whether the shop takes only Alipay is said by its form, wherever it was said. Where a
 * payment that does not work stops the promotion, the admins are told once.
 */
export async function savePayments(
  ctx: Context,
  stored: StoredDraft,
  verification: Inspection,
  more: { readonly nextPhoto?: number | undefined } = {},
): Promise<void> {
  if (verification === stored.verification && Object.keys(more).length === 0) return;
  const said = saidInForm(ctx, stored, verification);
  const saved = await saveDraft(ctx, stored, said.draft, { ...more, verification: said.verification });
  const isStopped = saved.draft.payments?.state === 'failed' && stopsUnpaid(saved.draft);
  if (!isStopped || stored.draft.payments?.state === 'failed') return;
  ctx.audit('promotion.unpaid', subjectOf(stored.draftId));
  for (const { userId } of await adminsOf(stored.isoId, ctx.tx)) {
    const intent = derivedId('unpaid', stored.draftId, userId);
    ctx.send({ intent, to: userId, view: 'promotion.unpaid', subject: subjectOf(stored.draftId), kind: 'record' });
  }
}

/** What was just said of the shop stands in its form; where that has no answer for it, or a later one, with the payments. */
function saidInForm(
  ctx: Context,
  { draft, verification: before }: StoredDraft,
  verification: Inspection,
): { readonly draft: Draft; readonly verification: Inspection } {
  const { onlyAlipay, ...rest } = verification;
  if (onlyAlipay === undefined || onlyAlipay === before.onlyAlipay) return { draft, verification };
  const said = sayPaysOnly(draft, onlyAlipay, actedAt(ctx));
  return said === draft ? { draft, verification } : { draft: said, verification: rest };
}

/** `Try again`, and payments opened from the list of parts: what did not work is said and photographed again. */
export async function payAgain(ctx: TapContext, stored: StoredDraft): Promise<void> {
  const { verification, payments, draft } = stored;
  const isUnderWay = draft.payments?.state === 'wanted' && verification.payments.length === 0;
  const again = isUnderWay ? verification : triedAgain(verification, payments);
  const saved = await saveDraft(ctx, stored, draft, { verification: again });
  await saveDraft(ctx, saved, open(saved.draft, { kind: 'payments' }).draft);
  await showDraft(ctx, stored.draftId);
}
