import type { PaymentMode, PaymentResult } from '../../src/inspection/inspection.ts';
import { backButton, menuButton, primary } from '../buttons.ts';
import { type InspectionJob, inspectionHead, lastNote } from '../inspection/job.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { paymentResult, paymentWay } from '../vocabulary.ts';

/** A way of paying that was tried and did not work. */
export interface FailedPayment {
  readonly mode: PaymentMode;
  readonly result: PaymentResult;
}

export interface NotPaidModel {
  readonly job: InspectionJob;
  readonly failed: readonly FailedPayment[];
  /** Whether nothing is deployed before a payment works. */
  readonly stops: boolean;
}

/** A payment did not work: it is tried again, now or another day; all that was said and sent stays. */
export function notPaid({ job, failed, stops }: NotPaidModel, t: T): CardView {
  return {
    ...inspectionHead(t, job, t('name.paymentVerification')),
    body: [...lastNote(t, job), t(stops ? 'notPaid.stops' : 'notPaid.tryBoth'), t('notPaid.kept')],
    facts: failedFacts(t, failed),
    actions: [primary(t('button.tryItNow'), 'promotion.payAgain'), backButton(t), menuButton(t)],
  };
}

/** `Shop shows the code: ! Payment refused`. */
export function failedFacts(t: T, failed: readonly FailedPayment[]): NonNullable<CardView['facts']> {
  return failed.map(({ mode, result }) => ({ label: paymentWay(t, mode), value: `! ${paymentResult(t, result)}` }));
}
