import type { StoredDraft } from '../../models/drafts.ts';
import { photosBack } from '../../models/photos.ts';
import { programmeAt } from '../../models/programme-in-use.ts';
import type { PromotionPayments } from '../../models/promotions.ts';
import { noteVerified } from '../../models/stores.ts';
import { accountOf } from '../../models/test-accounts.ts';
import type { TapContext } from '../../src/bot/context.ts';
import type { LineFacts } from '../../src/daily/submission-line.ts';
import { countryOf } from '../../src/flow/form.ts';
import { takesOnlyAlipay } from '../../src/inspection/payment-rule.ts';
import { keptIn } from '../../src/inspection/slots.ts';
import { dropAskFor } from '../accounts/ask.ts';
import { paymentValues } from '../inspection/payment-values.ts';
import { currencyIn } from '../inspection/programme-of-task.ts';

type StoreFacts = Extract<LineFacts, { itemType: 'STORE' }>;

/** What a promotion says of its payments: what is kept of it, what its store's line says, and its photos. */
export interface WrittenPayments {
  readonly kept?: PromotionPayments | undefined;
  readonly line: Pick<StoreFacts, 'verification'>;
  readonly photos: StoreFacts['photos'];
}

const NONE: WrittenPayments = { line: {}, photos: [] };

/** What was verified, or counts from before; nothing where the order of work does not ask for it. */
export async function paymentsOfPromotion(ctx: TapContext, stored: StoredDraft): Promise<WrittenPayments> {
  const { draft, order, verification, payments, verifiedBefore, programme, isoId } = stored;
  const state = draft.payments?.state;
  if (state === undefined) return NONE;
  if (state === 'doneBefore') {
    const verifiedAt = new Date(verifiedBefore?.at ?? 0).toISOString();
    const kept = { order, verifiedAt: verifiedBefore?.at, payments: [] };
    return { ...NONE, kept, line: { verification: { order, verifiedAt, payments: [] } } };
  }
  const currency = currencyIn(await programmeAt(programme), countryOf(draft));
  const account = await accountOf(ctx.person.userId, isoId, ctx.tx);
  const paidIn = { context: 'PROMOTION', submittedAt: ctx.now, account, currency } as const;
  return {
    kept: { order, payments: verification.payments },
    line: {
      verification: {
        order,
        acceptsOnlyAlipay: takesOnlyAlipay(verification, payments),
        payments: paymentValues(verification, payments, paidIn),
      },
    },
    photos: paidPhotos(stored),
  };
}

/** The photos of what was paid; none where it was not asked for, or counts from before. */
export function paidPhotos({
  draft,
  verification,
  payments,
}: Pick<StoredDraft, 'draft' | 'verification' | 'payments'>): StoreFacts['photos'] {
  const state = draft.payments?.state;
  if (state === undefined || state === 'doneBefore') return [];
  return payments.rules.modes.flatMap((mode) =>
    keptIn(verification, { kind: 'payment', mode }).map(({ sha256 }) => ({ role: `payment:${mode}`, sha256 })),
  );
}

/** Its photos back the shop, and a verification that worked counts there from now on. */
export async function noteWhatWasPaid(
  ctx: TapContext,
  { draft, draftId, verification, payments, isoId }: StoredDraft,
  { storeId, itemRef }: { readonly storeId: string; readonly itemRef: string },
): Promise<void> {
  const state = draft.payments?.state;
  if (state === undefined || state === 'doneBefore') return;
  const photos = payments.rules.modes.flatMap((mode) =>
    keptIn(verification, { kind: 'payment', mode }).map(({ photoId }) => {
      return { photoId, backs: `${itemRef}/payment:${mode}` };
    }),
  );
  await photosBack(photos, ctx.tx);
  if (state === 'done') await noteVerified({ storeId, isoId }, ctx.now, ctx.tx);
  await dropAskFor(ctx, ctx.person, draftId);
}
