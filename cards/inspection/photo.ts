import type { PaymentMode } from '../../src/inspection/inspection.ts';
import { plain } from '../buttons.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { paymentPhoto } from '../vocabulary.ts';
import { type InspectionJob, inspectionHead, lastNote, wayOut } from './job.ts';

export interface SendPhotoModel {
  readonly job: InspectionJob;
  /** Of one way of paying, or of why it cannot be inspected. */
  readonly of: PaymentMode | 'cannot';
}

/** One photo is asked for, and nothing else. */
export function sendPhoto({ job, of }: SendPhotoModel, t: T): CardView {
  const isPayment = of !== 'cannot';
  return {
    ...inspectionHead(t, job, t(isPayment ? 'name.paymentVerification' : 'inspection.title.cannot')),
    body: [...lastNote(t, job), isPayment ? paymentPhoto(t, of) : t('inspection.photoOf.cannot'), t('photo.send')],
    captures: true,
    actions: [...(isPayment ? [] : [plain(t('button.inspectAfterAll'), 'inspection.afterAll')]), ...wayOut(t)],
  };
}
