import type { StoredDraft } from '../../models/drafts.ts';
import type { Context, TapContext } from '../../src/bot/context.ts';
import type { Refusal, SubjectHandler, VersionedSubject } from '../../src/bot/tap-subject.ts';
import type { Assignment, Inspection } from '../../src/inspection/inspection.ts';
import { type AtHand, OWN_TASK, saveWork, showTask } from '../inspection/task-at-hand.ts';
import { OWN_PROMOTION, showDraft } from '../promotion/current-draft.ts';
import { savePayments } from '../promotion/save-payments.ts';

/** Work in which payments are verified: an inspection, or a promotion where the order of work says so (domain A.3). */
export type PaidWork =
  | { readonly kind: 'inspection'; readonly found: AtHand }
  | { readonly kind: 'draft'; readonly stored: StoredDraft };

/** The work that a tapped card of payments is about, whichever it is. */
export const PAID_WORK: VersionedSubject<PaidWork> = {
  async load(ctx) {
    const found = await OWN_TASK.load(ctx);
    if (found !== undefined) return { kind: 'inspection', found };
    const stored = await OWN_PROMOTION.load(ctx);
    return stored && { kind: 'draft', stored };
  },
  mayUse: (person, work) =>
    work.kind === 'inspection' ? OWN_TASK.mayUse(person, work.found) : OWN_PROMOTION.mayUse(person, work.stored),
  isOpen: (ctx, work) =>
    (work.kind === 'inspection' ? OWN_TASK.isOpen?.(ctx, work.found) : OWN_PROMOTION.isOpen?.(ctx, work.stored)) ??
    true,
  versionOf: (work) =>
    work.kind === 'inspection' ? OWN_TASK.versionOf(work.found) : OWN_PROMOTION.versionOf(work.stored),
  refuse: showRefused,
};

async function showRefused(ctx: TapContext, refusal: Refusal<PaidWork>): Promise<void> {
  if (refusal.why === 'gone') {
    const isOfDraft = ctx.update.params.subject?.kind === 'draft';
    return await (isOfDraft ? OWN_PROMOTION : OWN_TASK).refuse(ctx, refusal);
  }
  const { why, subject: work } = refusal;
  if (work.kind === 'inspection') await OWN_TASK.refuse(ctx, { why, subject: work.found });
  else await OWN_PROMOTION.refuse(ctx, { why, subject: work.stored });
}

/** What was said and sent of it, and what is asked. */
export function paymentsIn(work: PaidWork): { readonly inspection: Inspection; readonly assignment: Assignment } {
  if (work.kind === 'draft') return { inspection: work.stored.verification, assignment: work.stored.payments };
  return { inspection: work.found.task.inspection, assignment: work.found.assignment };
}

export async function savePaid(ctx: Context, work: PaidWork, inspection: Inspection): Promise<void> {
  if (work.kind === 'inspection') await saveWork(ctx, work.found, inspection);
  else await savePayments(ctx, work.stored, inspection);
}

export async function showPaid(ctx: Context, work: PaidWork): Promise<void> {
  if (work.kind === 'inspection') await showTask(ctx, work.found.task.taskId);
  else await showDraft(ctx, work.stored.draftId);
}

/** Says something of it, and shows where that leads. */
export function sayingOf(
  change: (inspection: Inspection, assignment: Assignment, ctx: TapContext) => Inspection | undefined,
): SubjectHandler<PaidWork> {
  return async (ctx, work) => {
    const { inspection, assignment } = paymentsIn(work);
    await savePaid(ctx, work, change(inspection, assignment, ctx) ?? inspection);
    await showPaid(ctx, work);
  };
}
