import type { PaymentMode } from '../../src/inspection/inspection.ts';
import { plain } from '../buttons.ts';
import type { T } from '../text.ts';
import type { TextKey } from '../text-key.ts';
import type { CardView } from '../view.ts';
import { type InspectionJob, inspectionHead, lastNote, wayOut } from './job.ts';

export interface SendPhotoModel {
  readonly job: InspectionJob;
  /** Of one way of paying, or of why it cannot be inspected. */
  readonly of: PaymentMode | 'cannot';
}

const ASKED: Readonly<Record<SendPhotoModel['of'], TextKey>> = {
  MPM: 'inspection.photoOf.MPM',
  UPM: 'inspection.photoOf.UPM',
  cannot: 'inspection.photoOf.cannot',
};

/** One photo is asked for, and nothing else. */
export function sendPhoto({ job, of }: SendPhotoModel, t: T): CardView {
  const isPayment = of !== 'cannot';
  return {
    ...inspectionHead(t, job, t(isPayment ? 'name.paymentVerification' : 'inspection.title.cannot')),
    body: [...lastNote(t, job), t(ASKED[of]), t('photo.send')],
    actions: [...(isPayment ? [] : [plain(t('button.inspectAfterAll'), 'inspection.afterAll')]), ...wayOut(t)],
  };
}
