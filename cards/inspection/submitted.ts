import { shownWhen } from '../account/when.ts';
import { menuButton, plain, primary } from '../buttons.ts';
import { shownDate } from '../dates.ts';
import { markdownText } from '../markdown.ts';
import type { T } from '../text.ts';
import { timeLeft } from '../time-left.ts';
import type { CardView } from '../view.ts';
import { reviewReason, type SaidReason } from '../vocabulary.ts';
import { type InspectionPart, nameOf, stateOf } from './parts.ts';

/** An inspection that is with the reviewers, or came back from them: a record. */
export interface InspectionSubmittedModel {
  readonly shop: string;
  readonly spots: number;
  readonly state: 'inReview' | 'approved' | 'rejected' | 'correcting' | 'lapsed' | 'final';
  /** The day from which results can be there. */
  readonly resultsFrom: number;
  readonly now: number;
  readonly timeZone: string;
  /** Of one that was not approved: why. */
  readonly reason?: SaidReason | undefined;
  /** The reviewer's own words, in their language. */
  readonly words?: string | undefined;
  readonly deadlineAt?: number | undefined;
  /** What was found and paid, as it was submitted. */
  readonly parts?: readonly InspectionPart[] | undefined;
}

const TITLES = {
  inReview: 'inspection.title.submitted',
  approved: 'inspection.approved',
  rejected: 'inspection.rejected',
  correcting: 'inspection.rejected',
  lapsed: 'inspection.rejected',
  final: 'inspection.rejected',
} as const;

/** *Submitted*: what happens next, and the next day on the same card what came of it. */
export function inspectionSubmitted(model: InspectionSubmittedModel, t: T): CardView {
  const { shop, spots, state, words, parts = [], timeZone } = model;
  const failed = state !== 'inReview' && state !== 'approved';
  return {
    title: t(TITLES[state]),
    tag: {
      text: t(state === 'inReview' ? 'itemState.PENDING' : failed ? 'itemState.REJECTED' : 'inspection.tag.approved'),
      tone: state === 'inReview' ? 'info' : failed ? 'danger' : 'success',
    },
    body: [markdownText(t, 'submitted.what', { shop, spots }), ...(failed ? whatToDo(t, model) : [nextLine(t, model)])],
    facts: [
      ...(words !== undefined && failed ? [{ label: t('inspection.reviewerSays'), value: words }] : []),
      ...parts.map((part) => ({ label: nameOf(t, part), value: stateOf(t, part, timeZone) })),
    ],
    actions: [
      ...(state === 'rejected' ? [primary(t('button.correctIt'), 'inspection.correct')] : []),
      ...(state === 'correcting' ? [primary(t('button.resume'), 'inspection.goOn')] : []),
      (failed ? plain : primary)(t('button.nextTask'), 'inspection.tasks'),
      menuButton(t),
    ],
  };
}

function nextLine(t: T, { state, resultsFrom, timeZone }: InspectionSubmittedModel): string {
  if (state === 'approved') return t('inspection.nothingToDo');
  return markdownText(t, 'submitted.results', { date: shownDate(t.language, resultsFrom, timeZone) });
}

function whatToDo(t: T, { state, reason, deadlineAt, now, timeZone }: InspectionSubmittedModel): string[] {
  const why = reason === undefined ? [] : [markdownText(t, 'inspection.why', { reason: reviewReason(t, reason) })];
  if (state === 'lapsed') return [...why, t('inspection.lapsed')];
  if (state === 'final') return [...why, t('inspection.final')];
  if (deadlineAt === undefined) return why;
  const date = shownWhen(t, deadlineAt, timeZone);
  return [...why, t('inspection.correctBy', { date, left: timeLeft(t, now, deadlineAt, timeZone) })];
}
