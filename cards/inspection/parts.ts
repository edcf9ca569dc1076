import type {
  CannotReason,
  PaymentMode,
  PaymentResult,
  SpotProblem,
  StoreDifference,
} from '../../src/inspection/inspection.ts';
import { shownNumber } from '../dates.ts';
import { markdownText } from '../markdown.ts';
import { photosLine } from '../promotion/part-says.ts';
import { shortList } from '../short-list.ts';
import type { T } from '../text.ts';
import { cannotReason, paymentResult, paymentWay, spotProblem, storeDifference } from '../vocabulary.ts';
import { type InspectedSpot, inspectedSpotName } from './job.ts';

/** What was found at a part, beside whether it is well. */
interface FoundThere {
  /** The last four of the code that was read there. */
  readonly codeEnd?: string | undefined;
  /** In the money of the shop's country, where that is known. */
  readonly paid?: { readonly amount: number; readonly currency?: string | undefined } | undefined;
  /** When its photo was sent, milliseconds. */
  readonly at?: number | undefined;
}

/** A part of an inspection as its summary and its list of parts see it, and afterwards its record. */
export type InspectionPart = { readonly found?: FoundThere | undefined } & OfInspection;

type OfInspection =
  | { readonly kind: 'front'; readonly differs: readonly StoreDifference[] }
  | {
      readonly kind: 'spot';
      readonly spotRef: string;
      readonly spot: InspectedSpot;
      readonly problems: readonly SpotProblem[];
    }
  | {
      readonly kind: 'payment';
      readonly mode: PaymentMode;
      readonly result: PaymentResult;
      readonly paid: boolean;
    }
  | { readonly kind: 'cannot'; readonly reason: CannotReason };

/** What a photo that is being checked shows. */
export type WaitingPhoto =
  | { readonly kind: 'front' | 'cannot' }
  | { readonly kind: 'spot'; readonly spot: InspectedSpot }
  | { readonly kind: 'payment'; readonly mode: PaymentMode };

/** The key by which `inspection.part` opens it. */
export function keyOf(part: InspectionPart): string {
  switch (part.kind) {
    case 'front':
      return 'store';
    case 'spot':
      return `spot:${part.spotRef}`;
    case 'payment':
      return `payment:${part.mode}`;
    case 'cannot':
      return 'cannot';
  }
}

export function nameOf(t: T, part: InspectionPart | WaitingPhoto): string {
  switch (part.kind) {
    case 'front':
      return t('inspection.front');
    case 'spot':
      return inspectedSpotName(t, part.spot);
    case 'payment':
      return paymentWay(t, part.mode);
    case 'cannot':
      return t('inspection.title.cannot');
  }
}

/** `✓ as submitted · code …8841 · photo 10:42`, `! Not there`, `✓ Paid · THB 120 · photo 10:45`: icon and word, and what was found. */
export function stateOf(t: T, part: InspectionPart, timeZone: string): string {
  return [standingOf(t, part), ...foundThere(t, part.found ?? {}, timeZone)].join(' · ');
}

function standingOf(t: T, part: InspectionPart): string {
  const wrong = whatIsWrong(t, part);
  if (wrong.length > 0) return `! ${shortList(t.language, wrong)}`;
  return `✓ ${part.kind === 'payment' ? paymentResult(t, part.result) : t('inspection.asSubmitted')}`;
}

function foundThere(t: T, { codeEnd, paid, at }: FoundThere, timeZone: string): string[] {
  return [
    ...(codeEnd === undefined ? [] : [t('submitted.code', { code: codeEnd })]),
    ...(paid === undefined
      ? []
      : [[paid.currency, shownNumber(t.language, paid.amount)].filter(Boolean).join('\u00a0')]),
    ...(at === undefined ? [] : [photosLine(t, [at], timeZone)]),
  ];
}

/** Whether there is something to tell about it. */
export function isWell(part: InspectionPart): boolean {
  switch (part.kind) {
    case 'front':
      return part.differs.length === 0;
    case 'spot':
      return part.problems.length === 0;
    case 'payment':
      return part.paid;
    case 'cannot':
      return false;
  }
}

function whatIsWrong(t: T, part: InspectionPart): string[] {
  switch (part.kind) {
    case 'front':
      return part.differs.map((one) => storeDifference(t, one));
    case 'spot':
      return part.problems.map((one) => spotProblem(t, one));
    case 'payment':
      return part.paid ? [] : [paymentResult(t, part.result)];
    case 'cannot':
      return [cannotReason(t, part.reason)];
  }
}

/** `… Cashier 1: its photo is being checked.`, and that Submit comes then, as markdown. */
export function waitingLines(t: T, photo: WaitingPhoto): string[] {
  return [markdownText(t, 'inspection.waiting', { part: nameOf(t, photo) }), t('summary.submitThen')];
}
