import { menuButton, plain, primary, seePhotosButton } from '../buttons.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { type InspectionJob, inspectionHead, lastNote } from './job.ts';
import { type InspectionPart, isWell, keyOf, nameOf, stateOf, type WaitingPhoto, waitingLines } from './parts.ts';

export interface InspectionSummaryModel {
  readonly job: InspectionJob;
  readonly parts: readonly InspectionPart[];
  /** A way of paying that was not tried: without it nothing can be submitted. */
  readonly notTried?: Extract<InspectionPart, { kind: 'payment' }> | undefined;
  /** The first photo that is still being checked: it is waited for. */
  readonly waiting?: WaitingPhoto | undefined;
  readonly timeZone: string;
}

/** *Check and submit*: everything that was found; what is wrong is told, and does not keep from submitting. */
export function inspectionSummary(model: InspectionSummaryModel, t: T): CardView {
  const { job, parts, notTried, waiting, timeZone } = model;
  const canSubmit = notTried === undefined && waiting === undefined;
  return {
    ...inspectionHead(t, job, t('place.summary')),
    body: [...lastNote(t, job), ...(waiting === undefined ? [standing(model, t)] : waitingLines(t, waiting))],
    facts: parts.map((part) => ({ label: nameOf(t, part), value: stateOf(t, part, timeZone) })),
    actions: [
      ...(canSubmit ? [primary(t('button.submit'), 'inspection.submit')] : []),
      ...(notTried === undefined ? [] : [primary(t('button.tryItNow'), 'inspection.part', { part: keyOf(notTried) })]),
      plain(t('button.change'), 'inspection.part', { part: 'change' }),
      seePhotosButton(t),
      ...(isGivenUp(parts) ? [plain(t('button.inspectAfterAll'), 'inspection.afterAll')] : []),
      menuButton(t),
    ],
  };
}

function standing({ parts, notTried }: InspectionSummaryModel, t: T): string {
  if (notTried !== undefined) return t('inspection.bothWays');
  const wrong = parts.filter((part) => !isWell(part)).length;
  if (wrong === 0) return t('inspection.allWell');
  return t(isGivenUp(parts) ? 'inspection.readyCannot' : 'inspection.readyWrong', { count: wrong });
}

function isGivenUp(parts: readonly InspectionPart[]): boolean {
  return parts.some(({ kind }) => kind === 'cannot');
}
