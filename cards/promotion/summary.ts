import { menuButton, plain, primary, seePhotosButton } from '../buttons.ts';
import type { T } from '../text.ts';
import type { CardAction, CardView } from '../view.ts';
import { type JobModel, jobHead, noteLines } from './job.ts';
import { blockedLine, doubtLine, type PartModel, partName, partState, waitingLines } from './parts.ts';

export interface SummaryModel {
  readonly job: JobModel;
  /** Every part, in the order of the flow. */
  readonly parts: readonly PartModel[];
  readonly canSubmit: boolean;
  readonly timeZone: string;
}

/** *Check and submit*: every part with what of it is sent, and its state; what is missing comes first, what is being checked is waited for, doubts may be submitted. */
export function summary({ job, parts, canSubmit, timeZone }: SummaryModel, t: T): CardView {
  const blocking = parts.find(({ state }) => state === 'missing' || state === 'violation');
  const waiting = blocking === undefined ? parts.find(({ state }) => state === 'waiting') : undefined;
  const doubt = parts.find(({ state }) => state === 'doubt');
  const isSettled = blocking === undefined && waiting === undefined;
  const passing = parts.filter(({ state }) => state === 'done').length;
  return {
    ...jobHead(t, job, 'place.summary'),
    body: [
      ...noteLines(t, job),
      ...(blocking === undefined ? [] : [blockedLine(t, job.product, blocking)]),
      ...(waiting === undefined ? [] : waitingLines(t, waiting)),
      ...(isSettled && doubt === undefined ? [t('summary.ready')] : []),
      ...(isSettled && doubt !== undefined
        ? [t('summary.passing', { passing, of: parts.length }), doubtLine(t, job.product, doubt)]
        : []),
    ],
    facts: parts.map((part) => ({ label: partName(t, part), value: partState(t, job.product, part, timeZone) })),
    actions: [
      ...(canSubmit ? [primary(t('button.submit'), 'promotion.submit')] : []),
      ...(canSubmit
        ? doubt === undefined
          ? []
          : [fixButton(t, doubt, false)]
        : blocking
          ? [fixButton(t, blocking, true)]
          : []),
      plain(t('button.change'), 'promotion.change'),
      seePhotosButton(t),
      menuButton(t),
    ],
  };
}

/** `Fix Door`, or `Complete Door` for what keeps the promotion from being submitted. */
export function fixButton(t: T, part: PartModel, first: boolean): CardAction {
  const key = part.state === 'missing' ? 'summary.complete' : 'summary.fix';
  return (first ? primary : plain)(t(key, { name: partName(t, part) }), 'promotion.open', { place: part.place });
}
