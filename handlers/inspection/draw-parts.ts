import type { InspectionJob, NoteModel } from '../../cards/inspection/job.ts';
import type { InspectionPart } from '../../cards/inspection/parts.ts';
import type { AccountAsk } from '../../models/account-asks.ts';
import type { InspectionTask } from '../../models/inspection-tasks.ts';
import type { TestAccount } from '../../models/test-accounts.ts';
import { idThatIs } from '../../src/domain/inspection-rules.ts';
import { problemsAt } from '../../src/inspection/findings.ts';
import type { Assignment } from '../../src/inspection/inspection.ts';
import { workParts } from '../../src/inspection/parts.ts';
import { paymentIn, requiredModes } from '../../src/inspection/payment-rule.ts';
import { missingParts, type Place } from '../../src/inspection/place.ts';
import type { VersionedProgramme } from '../../src/programme/versioned-programme.ts';
import { type InspectedShop, spotIn } from './inspected-shop.ts';

/** Everything that the cards of an inspection are drawn from. */
export interface Drawn {
  readonly task: InspectionTask;
  readonly assignment: Assignment;
  readonly shop: InspectedShop;
  /** By whose words and rules it is inspected. */
  readonly programme: VersionedProgramme;
  readonly account: TestAccount | undefined;
  readonly ask: AccountAsk | undefined;
}

/** Every part that was done, as the summary lists it. */
export function doneParts({ task: { inspection }, assignment, shop }: Drawn): readonly InspectionPart[] {
  const { cannot, store } = inspection;
  if (cannot !== undefined) return [{ kind: 'cannot', reason: cannot.reason }];
  const paid = idThatIs(assignment.rules.results, 'success');
  return [
    ...(store === undefined ? [] : [{ kind: 'front', differs: store.differs } as const]),
    ...assignment.spots.flatMap(({ spotRef }): InspectionPart[] => {
      if (!inspection.spots.some((spot) => spot.spotRef === spotRef)) return [];
      return [
        {
          kind: 'spot',
          spotRef,
          spot: spotIn(shop, spotRef).spot,
          problems: problemsAt(inspection, assignment, spotRef),
        },
      ];
    }),
    ...requiredModes(inspection, assignment).flatMap((mode): InspectionPart[] => {
      const payment = paymentIn(inspection, assignment, mode);
      return payment === undefined
        ? []
        : [{ kind: 'payment', mode, result: payment.result, paid: payment.result === paid }];
    }),
  ];
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
