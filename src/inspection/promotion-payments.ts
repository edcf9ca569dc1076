import { DAY_MS } from '@field/kit/calendar';
import type { InspectionRules } from '../domain/inspection-rules.ts';
import type { PaymentStanding } from '../domain/payment-standing.ts';
import { stepsOf } from '../flow/definition.ts';
import type { Draft } from '../flow/draft.ts';
import { paysAs } from '../flow/roles.ts';
import type { Assignment, Inspection } from './inspection.ts';
import { paymentsStand, verificationOf } from './verification.ts';

/** When payments were verified at a shop last, and when that was looked up, both by `clock.now()`. */
export interface VerifiedBefore {
  readonly at: number;
  readonly lookedUpAt: number;
}

/** What a programme says of payments in a promotion. */
interface PaymentProgramme {
  readonly version: number;
  readonly inspection: InspectionRules;
  readonly programme: { readonly orders: { readonly verificationCountsDays: number } };
}

/** What was said of payments for a promotion, and what was known before. */
export interface Verified {
  readonly verification: Inspection;
  readonly verifiedBefore?: VerifiedBefore | undefined;
}

/** What of payments a promotion asks, by what its form says of the shop. */
export function paymentsOf(draft: Draft, programme: PaymentProgramme): Assignment {
  return verificationOf(paysAs(draft, 'onlyAlipay'), programme);
}

/** The draft with how its payments stand; the same where that has not changed. Where the order of work asks for none, there is nothing. */
export function withPayments(draft: Draft, verified: Verified, programme: PaymentProgramme): Draft {
  const isAsked = stepsOf(draft).some(({ verifies }) => verifies === true);
  const payments = isAsked ? standingOf(draft, verified, programme) : undefined;
  if (payments?.state === draft.payments?.state && payments?.photoOf === draft.payments?.photoOf) return draft;
  return { ...draft, payments };
}

function standingOf(
  draft: Draft,
  { verification, verifiedBefore }: Verified,
  programme: PaymentProgramme,
): PaymentStanding {
  const { payments, photos, again } = verification;
  const isBegun = payments.length + photos.length + again.length > 0;
  if (!isBegun && verifiedBefore !== undefined) {
    const { verificationCountsDays } = programme.programme.orders;
    const isNew = verifiedBefore.lookedUpAt - verifiedBefore.at <= verificationCountsDays * DAY_MS;
    if (isNew) return { state: 'doneBefore' };
  }
  return paymentsStand(verification, paymentsOf(draft, programme));
}
