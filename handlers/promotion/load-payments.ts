import type { NoteModel } from '../../cards/inspection/job.ts';
import { openAskOf } from '../../models/account-asks.ts';
import type { StoredDraft } from '../../models/drafts.ts';
import { findDraft } from '../../models/drafts.ts';
import { findIso } from '../../models/isos.ts';
import { findPerson } from '../../models/people.ts';
import { currentProgramme } from '../../models/programme-in-use.ts';
import { accountOf } from '../../models/test-accounts.ts';
import { type LoadCard, type LoadedView, OLD_CARD } from '../../src/delivery/render-cards.ts';
import { stopsUnpaid } from '../../src/flow/definition.ts';
import type { Draft } from '../../src/flow/draft.ts';
import { progress } from '../../src/flow/engine.ts';
import { countryOf } from '../../src/flow/form.ts';
import { placeOf } from '../../src/inspection/place.ts';
import { failedModes } from '../../src/inspection/verification.ts';
import { type DrawnPayments, drawnPayments, isOfPayments } from '../inspection/draw-payments.ts';
import { shopName } from './job.ts';

/** What the cards of payments are drawn from while they are a step of a promotion; the test account only where it `stands` there. */
export async function paymentsToDraw(stored: StoredDraft, stands: boolean): Promise<DrawnPayments> {
  const { draft, verification: inspection, payments: assignment, ownerId = '', isoId } = stored;
  const [account, ask] = stands ? await Promise.all([accountOf(ownerId, isoId), openAskOf(ownerId, isoId)]) : [];
  return {
    inspection,
    assignment,
    programme: currentProgramme(),
    countryRegion: countryOf(draft),
    account,
    ask,
  };
}

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

/** *Payment does not work*, for the admins: where, and with what nothing is deployed. */
export const loadUnpaid: LoadCard = async ({ subject }, viewer) => {
  const stored = await findDraft(subject.id);
  if (stored === undefined || viewer.role !== 'ADMIN' || stored.isoId !== viewer.isoId) return OLD_CARD;
  const { draft, verification, payments, isoId, ownerId, updatedAt, version } = stored;
  const iso = await findIso(isoId);
  const by = ownerId === undefined ? undefined : await findPerson(ownerId);
  return {
    name: 'promotion.unpaid',
    model: {
      shop: shopName(draft),
      by: by?.name ?? '',
      at: updatedAt,
      timeZone: iso?.timeZone ?? 'UTC',
      failed: failedModes(verification, payments).map(({ mode, result }) => ({ mode, result })),
    },
    version,
  };
};
