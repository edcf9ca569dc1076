import { present } from '@field/kit/present';
import type { InspectionTask } from '../../models/inspection-tasks.ts';
import type { TestAccount } from '../../models/test-accounts.ts';
import type { LineFacts, LineValues } from '../../src/daily/submission-line.ts';
import { saysOne } from '../../src/domain/inspection-rules.ts';
import { problemsAt } from '../../src/inspection/findings.ts';
import type { Assignment, Inspection, InspectionPhoto, PhotoSlot } from '../../src/inspection/inspection.ts';
import { takesOnlyAlipay } from '../../src/inspection/payment-rule.ts';
import { compareCode, keptIn } from '../../src/inspection/slots.ts';
import { paymentValues } from './payment-values.ts';

/** Who hands an inspection over, and when. */
export interface HandedOverBy {
  readonly staffRef: string;
  /** Milliseconds. */
  readonly submittedAt: number;
  readonly account: TestAccount | undefined;
  /** The money of the shop's country, where the programme knows it. */
  readonly currency: string | undefined;
}

type SlotRole = { readonly role: string; readonly slot: PhotoSlot };

/** An inspection as it is handed over: what was found of the shop, at each spot, and of each way of paying (domain A.9). */
export function inspectionLine(task: InspectionTask, assignment: Assignment, by: HandedOverBy): LineFacts {
  const { taskId, revision, isoId, sourceKey, storeRef, promoters, inspection } = task;
  const { staffRef, submittedAt } = by;
  return {
    itemType: 'INSPECTION',
    itemRef: taskId,
    revision,
    isoId,
    staffRef,
    submittedAt,
    sourceKey,
    storeRef,
    values: {
      ...(inspection.cannot === undefined ? shopValues(inspection, assignment) : cannotValues(inspection)),
      // assigned to somebody who promoted there: the reviewer should know
      inspectsOwnSpots: promoters.includes(staffRef),
    },
    spots:
      inspection.cannot === undefined
        ? assignment.spots.map(({ spotRef }) => spotValues(task, assignment, spotRef))
        : [],
    payments:
      inspection.cannot === undefined ? paymentValues(inspection, assignment, { ...by, context: 'INSPECTION' }) : [],
    photos: rolesOf(assignment).flatMap(({ role, slot }) =>
      keptIn(inspection, slot).map(({ sha256 }) => ({ role, sha256 })),
    ),
  };
}

/** Every photo that is handed over, and the name under which it backs this inspection. */
export function submittedPhotos(
  { taskId, inspection }: Pick<InspectionTask, 'taskId' | 'inspection'>,
  assignment: Assignment,
): readonly { readonly photoId: InspectionPhoto['photoId']; readonly backs: string }[] {
  return rolesOf(assignment).flatMap(({ role, slot }) =>
    keptIn(inspection, slot).map(({ photoId }) => ({ photoId, backs: `${taskId}/${role}` })),
  );
}

function rolesOf({ spots, rules }: Assignment): readonly SlotRole[] {
  return [
    { role: 'storefront', slot: { kind: 'front' } },
    { role: 'cannotInspect', slot: { kind: 'cannot' } },
    ...spots.map(({ spotRef }): SlotRole => ({ role: `found:${spotRef}`, slot: { kind: 'spot', spotRef } })),
    ...rules.modes.map((mode): SlotRole => ({ role: `payment:${mode}`, slot: { kind: 'payment', mode } })),
  ];
}

function shopValues(inspection: Inspection, assignment: Assignment): LineValues {
  const { differs, note } = inspection.store ?? {};
  const { rules } = assignment;
  const isOtherwise = (role: 'name' | 'address' | 'closedToday' | 'notAccepting'): boolean =>
    saysOne(differs, rules.differs, role);
  const onlyAlipay = takesOnlyAlipay(inspection, assignment);
  return present({
    storeExists: true,
    storeOpen: !isOtherwise('closedToday'),
    nameMatches: !isOtherwise('name'),
    addressMatches: !isOtherwise('address'),
    acceptsAlipayPlus: !isOtherwise('notAccepting'),
    acceptsOnlyAlipay: onlyAlipay,
    acceptsOnlyAlipayCorrected: onlyAlipay !== assignment.acceptsOnlyAlipay,
    note,
  });
}

function cannotValues({ cannot }: Inspection): LineValues {
  const { reason, note } = cannot ?? {};
  return present({ cannotInspect: reason, note });
}

function spotValues({ inspection }: InspectionTask, assignment: Assignment, spotRef: string) {
  const problems = problemsAt(inspection, assignment, spotRef);
  const code = compareCode(inspection, assignment, spotRef);
  const note = inspection.spots.find((spot) => spot.spotRef === spotRef)?.note;
  const { problems: known } = assignment.rules;
  const hidden = known.find(({ id, is }) => is === 'hidden' && problems.includes(id))?.id;
  const found = saysOne(problems, known, 'missing') ? 'NO' : (hidden ?? 'YES');
  const wasRead = code.kind === 'same' || code.kind === 'other';
  const otherCode = saysOne(problems, known, 'otherCode');
  const values: LineValues = present({
    found,
    condition: saysOne(problems, known, 'damaged') ? 'DAMAGED' : 'GOOD',
    codeReadable: code.kind === 'noneSubmitted' ? undefined : wasRead,
    codeMatches: wasRead || otherCode ? !otherCode : undefined,
    note,
  });
  return { spotRef, values };
}
