import type { NoteModel } from '../../cards/inspection/job.ts';
import type { LoadedView } from '../../src/delivery/render-cards.ts';
import { stopsUnpaid } from '../../src/flow/definition.ts';
import type { Draft } from '../../src/flow/draft.ts';
import { progress } from '../../src/flow/engine.ts';
import { placeOf } from '../../src/inspection/place.ts';
import { failedModes } from '../../src/inspection/verification.ts';
import { type DrawnPayments, drawnPayments, isOfPayments } from '../inspection/draw-payments.ts';
import { shopName } from './job.ts';

/** Where the person stands in verifying payments, as the view of an inspection that asks it; or what did not work. */
export function drawnPaymentStep(draft: Draft, drawn: DrawnPayments): LoadedView {
  const { inspection, assignment } = drawn;
  const place = placeOf(inspection, assignment);
  const { step, of, percent } = progress(draft);
  const notes = inspection.notes.flatMap((note): NoteModel[] => {
    if (note.code === 'weak') return [{ code: note.code, weakness: note.weakness }];
    return note.code === 'photoForSpot' ? [] : [{ code: note.code }];
  });
  const job = { shop: shopName(draft), step: 2, percent, notes, ofPromotion: { step, of } } as const;
  if (isOfPayments(place)) return drawnPayments(drawn, job, place);
  const failed = failedModes(inspection, assignment).map(({ mode, result }) => ({ mode, result }));
  return { name: 'promotion.notPaid', model: { job, failed, stops: stopsUnpaid(draft) } };
}
