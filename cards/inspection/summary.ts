import { menuButton, plain, primary } from '../buttons.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { type InspectionJob, inspectionHead, lastNote } from './job.ts';
import { type InspectionPart, isWell, keyOf, nameOf, stateOf } from './parts.ts';

export interface InspectionSummaryModel {
  readonly job: InspectionJob;
  readonly parts: readonly InspectionPart[];
  /** A way of paying that was not tried: without it nothing can be submitted. */
  readonly notTried?: Extract<InspectionPart, { kind: 'payment' }> | undefined;
}

/** *Check and submit*: everything that was found; what is wrong is told, and does not keep from submitting. */
export function inspectionSummary({ job, parts, notTried }: InspectionSummaryModel, t: T): CardView {
  const wrong = parts.filter((part) => !isWell(part)).length;
  const cannot = parts.some(({ kind }) => kind === 'cannot');
  return {
    ...inspectionHead(t, job, t('place.summary')),
    body: [
      ...lastNote(t, job),
      notTried !== undefined
        ? t('inspection.bothWays')
        : wrong === 0
          ? t('inspection.allWell')
          : t(cannot ? 'inspection.readyCannot' : 'inspection.readyWrong', { count: wrong }),
    ],
    facts: parts.map((part) => ({ label: nameOf(t, part), value: stateOf(t, part) })),
    actions: [
      notTried === undefined
        ? primary(t('button.submit'), 'inspection.submit')
        : primary(t('button.tryItNow'), 'inspection.part', { part: keyOf(notTried) }),
      plain(t('button.change'), 'inspection.part', { part: 'change' }),
      ...(cannot ? [plain(t('button.inspectAfterAll'), 'inspection.afterAll')] : []),
      menuButton(t),
    ],
  };
}
