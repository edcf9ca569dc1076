import type { InspectionJob, NoteModel } from '../../cards/inspection/job.ts';
import type { InspectionPart } from '../../cards/inspection/parts.ts';
import type { AccountAsk } from '../../models/account-asks.ts';
import type { InspectionTask } from '../../models/inspection-tasks.ts';
import type { TestAccount } from '../../models/test-accounts.ts';
import { idThatIs } from '../../src/domain/inspection-rules.ts';
import { problemsAt } from '../../src/inspection/findings.ts';
import type { Assignment, PhotoSlot } from '../../src/inspection/inspection.ts';
import { workParts } from '../../src/inspection/parts.ts';
import { paymentIn, requiredModes } from '../../src/inspection/payment-rule.ts';
import { missingParts, type Place } from '../../src/inspection/place.ts';
import { compareCode, photoIn } from '../../src/inspection/slots.ts';
import type { VersionedProgramme } from '../../src/programme/versioned-programme.ts';
import { type InspectedShop, spotIn } from './inspected-shop.ts';
import { currencyIn } from './programme-of-task.ts';

/** Everything that the cards of an inspection are drawn from. */
export interface Drawn {
  readonly task: InspectionTask;
  readonly assignment: Assignment;
  readonly shop: InspectedShop;
  /** By whose words and rules it is inspected. */
  readonly programme: VersionedProgramme;
  readonly account: TestAccount | undefined;
  readonly ask: AccountAsk | undefined;
  readonly timeZone: string;
}

/** Every part that was done, with what was found there, as the summary lists it and the record after it. */
export function doneParts(drawn: Pick<Drawn, 'task' | 'assignment' | 'shop' | 'programme'>): readonly InspectionPart[] {
  const { task, assignment, shop, programme } = drawn;
  const { inspection } = task;
  const { cannot, store } = inspection;
  const at = (slot: PhotoSlot): number | undefined => sentAt(drawn, slot);
  if (cannot !== undefined) return [{ kind: 'cannot', reason: cannot.reason, found: { at: at({ kind: 'cannot' }) } }];
  const paid = idThatIs(assignment.rules.results, 'success');
  const currency = currencyIn(programme, task.countryRegion);
  return [
    ...(store === undefined
      ? []
      : [{ kind: 'front', differs: store.differs, found: { at: at({ kind: 'front' }) } } as const]),
    ...assignment.spots.flatMap(({ spotRef }): InspectionPart[] => {
      if (!inspection.spots.some((spot) => spot.spotRef === spotRef)) return [];
      const problems = problemsAt(inspection, assignment, spotRef);
      const code = compareCode(inspection, assignment, spotRef);
      const codeEnd = code.kind === 'same' || code.kind === 'other' ? code.short : undefined;
      const found = { codeEnd, at: at({ kind: 'spot', spotRef }) };
      return [{ kind: 'spot', spotRef, spot: spotIn(shop, spotRef).spot, problems, found }];
    }),
    ...requiredModes(inspection, assignment).flatMap((mode): InspectionPart[] => {
      const payment = paymentIn(inspection, assignment, mode);
      if (payment === undefined) return [];
      const { result, amount } = payment;
      const found = {
        paid: amount === undefined ? undefined : { amount, currency },
        at: at({ kind: 'payment', mode }),
      };
      return [{ kind: 'payment', mode, result, paid: result === paid, found }];
    }),
  ];
}

/** When the photo was sent that stands in a slot. */
function sentAt({ task: { inspection }, assignment }: Pick<Drawn, 'task' | 'assignment'>, slot: PhotoSlot) {
  const kept = photoIn(inspection, assignment, slot);
  return inspection.photos.find(({ photoId }) => photoId === kept?.photoId)?.at;
}

/** Which inspection, how far it is, and what just happened. */
export function jobOf({ task, assignment, shop }: Drawn, place: Place): InspectionJob {
  const { inspection } = task;
  const all = workParts(assignment).length;
  const left = missingParts(inspection, assignment).length;
  const pays =
    place.kind === 'tool' || place.kind === 'onlyAlipay' || place.kind === 'payment' || place.kind === 'paymentPhoto';
  return {
    shop: task.storeName,
    step: pays || place.kind === 'summary' || place.kind === 'change' ? 2 : 1,
    percent: place.kind === 'summary' ? 100 : Math.round((100 * (all - Math.min(left, all))) / all),
    notes: inspection.notes.map((note): NoteModel => {
      if (note.code === 'weak') return { code: note.code, weakness: note.weakness };
      return note.code === 'photoForSpot'
        ? { code: note.code, spot: spotIn(shop, note.spotRef).spot }
        : { code: note.code };
    }),
  };
}
