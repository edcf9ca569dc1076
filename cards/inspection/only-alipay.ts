import { plain } from '../buttons.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { type InspectionJob, inspectionHead, wayOut } from './job.ts';

export interface OnlyAlipayModel {
  readonly job: InspectionJob;
}

/** The other tool was chosen: whether the shop is another than the task says decides. */
export function onlyAlipay({ job }: OnlyAlipayModel, t: T): CardView {
  return {
    ...inspectionHead(t, job, t('name.paymentVerification')),
    body: [t('pay.onlyAlipay')],
    actions: [
      plain(t('button.onlyAlipay'), 'inspection.onlyAlipay', { is: 'yes' }),
      plain(t('button.otherWalletsToo'), 'inspection.onlyAlipay', { is: 'no' }),
      ...wayOut(t),
    ],
  };
}
