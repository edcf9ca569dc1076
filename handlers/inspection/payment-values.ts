import { present } from '@field/kit/present';
import type { TestAccount } from '../../models/test-accounts.ts';
import type { LineValues } from '../../src/daily/submission-line.ts';
import type { Assignment, Inspection } from '../../src/inspection/inspection.ts';
import { paymentIn } from '../../src/inspection/payment-rule.ts';

/** In which work payments were verified. */
export interface PaidIn {
  readonly context: 'INSPECTION' | 'PROMOTION';
  /** Milliseconds. */
  readonly submittedAt: number;
  readonly account: TestAccount | undefined;
  /** The money of the shop's country, where the programme knows it. */
  readonly currency: string | undefined;
}

/** Each way of paying that was tried, as it is handed over (domain A.9). */
export function paymentValues(
  inspection: Inspection,
  assignment: Assignment,
  { context, account, submittedAt, currency }: PaidIn,
): LineValues[] {
  const { modes, tools } = assignment.rules;
  return modes.flatMap((mode) => {
    const payment = paymentIn(inspection, assignment, mode);
    if (payment === undefined) return [];
    const { tool, result, amount } = payment;
    return [
      present({
        context,
        tool,
        mode,
        result,
        at: new Date(submittedAt).toISOString(),
        amount,
        currency: amount === undefined ? undefined : currency,
        testAccountAlias: tools.some(({ id, account: needed }) => id === tool && needed) ? account?.name : undefined,
      }),
    ];
  });
}
