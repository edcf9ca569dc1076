import type { FeeStep, FeeTotals } from '../../src/domain/fee-lines.ts';
import { plain } from '../buttons.ts';
import { shownNumber, shownPeriod } from '../dates.ts';
import { shownSums } from '../money.ts';
import type { T } from '../text.ts';
import type { TextKey } from '../text-key.ts';
import type { CardAction, CardView, Tone } from '../view.ts';
import { feeName } from '../vocabulary.ts';
import { teamButton } from './pages.ts';

/** What is counted of a fee: what settlement rows said of it, and what none was about yet. */
export const FEE_NUMBERS = ['WAITING', 'CONFIRMED', 'CORRECTED', 'TAKEN_BACK'] as const;
export type FeeNumber = (typeof FEE_NUMBERS)[number];

export interface FeesModel {
  /** Which fee of the programme, and the others besides. */
  readonly fee: string;
  readonly others: readonly string[];
  /** `202611`; the one after it only where that has begun. */
  readonly month: string;
  readonly monthBefore: string;
  readonly monthAfter?: string | undefined;
  readonly closed: boolean;
  readonly totals: FeeTotals;
  /** What is eligible now and no row was about yet: of the month that goes on, and of a fee of which that can be known. */
  readonly waiting?: number | undefined;
}

const NUMBERS: Readonly<Record<FeeNumber, TextKey>> = {
  WAITING: 'fees.number.WAITING',
  CONFIRMED: 'fees.number.CONFIRMED',
  CORRECTED: 'fees.number.CORRECTED',
  TAKEN_BACK: 'fees.number.TAKEN_BACK',
};
const TONES: Readonly<Record<FeeNumber, Tone>> = {
  WAITING: 'info',
  CONFIRMED: 'success',
  CORRECTED: 'warning',
  TAKEN_BACK: 'danger',
};
const ICONS: Readonly<Record<FeeNumber, string>> = { WAITING: '…', CONFIRMED: '✓', CORRECTED: '!', TAKEN_BACK: '✗' };

/** *Deployment fee*: what settlement files brought an ISO in a month, each number with what it is made of. */
export function fees(model: FeesModel, t: T): CardView {
  const { fee, others, month, monthBefore, monthAfter, closed } = model;
  const rows = FEE_NUMBERS.map((number) => ({ number, ...countOf(model, number) })).filter(({ count }) => count > 0);
  return {
    title: feeName(t, { id: fee }),
    body: [
      shownPeriod(t.language, dashed(month)),
      ...(closed ? [t('fees.closed')] : []),
      ...(rows.length === 0 ? [t('fees.none')] : []),
    ],
    table:
      rows.length > 0
        ? {
            columns: [t('column.state'), t('fees.count'), t('fees.amount')],
            rows: rows.map(({ number, count, minor }) => [
              feeStatus(t, number),
              shownNumber(t.language, count),
              shownSums(t.language, minor),
            ]),
          }
        : undefined,
    actions: [
      ...rows.map(({ number, count }) =>
        plain(t('fees.open', { number: t(NUMBERS[number]), count }), 'team.feeLines', { month, fee, number }),
      ),
      ...others.map((other) => plain(feeName(t, { id: other }), 'team.fees', { month, fee: other })),
      monthButton(t, monthBefore, fee),
      // as many buttons as a list may have, so it stands on the month that goes on
      monthAfter === undefined ? plain(t('button.staffFees'), 'team.staffFees') : monthButton(t, monthAfter, fee),
      teamButton(t),
    ],
  };
}

/** `Confirmed`: how a number of a fee is called. */
export function feeNumberName(t: T, number: FeeNumber): string {
  return t(NUMBERS[number]);
}

/** `✓ Confirmed`: the same with its mark. */
export function feeStatus(t: T, number: FeeNumber): string {
  return `${ICONS[number]} ${t(NUMBERS[number])}`;
}

/** In which colour it stands. */
export function feeTone(number: FeeNumber): Tone {
  return TONES[number];
}

function countOf({ totals, waiting = 0 }: FeesModel, number: FeeNumber): FeeTotals[FeeStep] {
  return number === 'WAITING' ? { count: waiting, minor: new Map() } : totals[number];
}

function monthButton(t: T, month: string, fee: string): CardAction {
  return plain(shownPeriod(t.language, dashed(month)), 'team.fees', { month, fee });
}

/** `2026-11`, as periods are written. */
export function dashed(month: string): string {
  return `${month.slice(0, 4)}-${month.slice(4)}`;
}
