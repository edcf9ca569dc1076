import type { FeesShown } from '../../src/domain/pay-rates.ts';
import { menuButton, plain } from '../buttons.ts';
import { shownNumber, shownPeriod } from '../dates.ts';
import { shownSums } from '../money.ts';
import { shorten } from '../shorten.ts';
import { dashed, feeStatus } from '../team/fees.ts';
import type { T } from '../text.ts';
import type { TextKey } from '../text-key.ts';
import type { CardAction, CardView } from '../view.ts';
import { feeName } from '../vocabulary.ts';

export interface OwnFeesModel {
  readonly iso: string;
  /** `202611`; the one after it only where that has begun. */
  readonly month: string;
  readonly monthBefore: string;
  readonly monthAfter?: string | undefined;
  /** Of each fee that came for this person's work, for how many. */
  readonly fees: readonly {
    readonly fee: string;
    readonly confirmed: number;
    readonly takenBack: number;
    /** Whose amount is another than before; none where this person reads no amounts of the file. */
    readonly corrected: number;
    /** What that comes to by currency, in minor units; empty where this person reads no amounts. */
    readonly minor: ReadonlyMap<string, number>;
  }[];
  /** What of amounts the ISO lets its staff read. */
  readonly shown: FeesShown;
}

const NOTES: Readonly<Record<FeesShown, TextKey>> = {
  COUNTS: 'ownFees.counts',
  FILE: 'ownFees.ofFile',
  RATES: 'ownFees.byRates',
};

/**
 * *Fee for Lotus Partners*: for how much of a person's work their ISO's fee came in a month, never another's; amounts only as the ISO
 * lets its staff read them.
 */
export function ownFees({ iso, month, monthBefore, monthAfter, fees, shown }: OwnFeesModel, t: T): CardView {
  return {
    title: t('ownFees.title', { iso: shorten(iso, 16) }),
    body: [shownPeriod(t.language, dashed(month)), ...(fees.length === 0 ? [t('ownFees.none')] : [])],
    table:
      fees.length > 0
        ? {
            columns: [t('fee.any'), feeStatus(t, 'CONFIRMED'), feeStatus(t, 'TAKEN_BACK')],
            rows: fees.map(({ fee, confirmed, takenBack }) => [
              feeName(t, { id: fee }),
              shownNumber(t.language, confirmed),
              shownNumber(t.language, takenBack),
            ]),
          }
        : undefined,
    facts: fees.flatMap(({ fee, minor, corrected }) =>
      minor.size === 0
        ? []
        : [
            {
              label: feeName(t, { id: fee }),
              value: [shownSums(t.language, minor), ...correctedIn(t, corrected)].join(' · '),
            },
          ],
    ),
    actions: [
      ...fees.map(({ fee }) => plain(feeName(t, { id: fee }), 'review.feeList', { month, fee })),
      monthButton(t, monthBefore),
      ...(monthAfter === undefined ? [] : [monthButton(t, monthAfter)]),
      plain(t('button.back'), 'review.mine'),
      menuButton(t),
    ],
    note: t(NOTES[shown]),
  };
}

function correctedIn(t: T, count: number): readonly string[] {
  return count === 0 ? [] : [`${feeStatus(t, 'CORRECTED')} ${shownNumber(t.language, count)}`];
}

function monthButton(t: T, month: string): CardAction {
  return plain(shownPeriod(t.language, dashed(month)), 'review.fees', { month });
}
