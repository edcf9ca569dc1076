import { findPromotion } from '../../models/promotions.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { gone } from './current-draft.ts';

/** `View`: the submitted promotion with every spot and code, below its record. */
export async function viewSubmitted(ctx: TapContext): Promise<void> {
  const { subject } = ctx.update.params;
  const promotion = subject?.kind === 'promotion' ? await findPromotion(subject.id, ctx.tx) : undefined;
  if (promotion?.staffId !== ctx.person.userId) return gone(ctx);
  ctx.show({ view: 'submitted-details', subject: { kind: 'promotion', id: promotion.promotionId } });
}
