import type { Money } from '../../src/domain/money.ts';
import type { FeesShown } from '../../src/domain/pay-rates.ts';
import { plain } from '../buttons.ts';
import { shownPeriod } from '../dates.ts';
import { shownMoney } from '../money.ts';
import type { T } from '../text.ts';
import type { TextKey } from '../text-key.ts';
import type { CardView } from '../view.ts';
import { feeName } from '../vocabulary.ts';
import { dashed } from './fees.ts';
import { teamButton } from './pages.ts';

export interface StaffFeesModel {
  readonly shown: FeesShown;
  /** Whether the money of its country is known. */
  readonly mayRate: boolean;
  /** Of each fee of the programme, what counts now and from a later month on. */
  readonly rates: readonly {
    readonly fee: string;
    readonly now?: Money | undefined;
    readonly next?: { readonly money: Money; readonly from: string } | undefined;
  }[];
}

const SAYS: Readonly<Record<FeesShown, TextKey>> = {
  COUNTS: 'staffFees.COUNTS',
  FILE: 'staffFees.FILE',
  RATES: 'staffFees.RATES',
};
const BUTTONS: Readonly<Record<FeesShown, TextKey>> = {
  COUNTS: 'button.showCounts',
  FILE: 'button.showFileAmounts',
  RATES: 'button.showRates',
};
const ORDER: readonly FeesShown[] = ['COUNTS', 'RATES', 'FILE'];

/** *What staff see*: whether staff read amounts of the fee for their work, and by which rates. */
export function staffFees({ shown, mayRate, rates }: StaffFeesModel, t: T): CardView {
  return {
    title: t('button.staffFees'),
    body: [t(SAYS[shown]), t('staffFees.own')],
    table:
      shown === 'RATES'
        ? {
            columns: [t('fee.any'), t('staffFees.rate')],
            rows: rates.map(({ fee, now, next }) => [
              feeName(t, { id: fee }),
              [
                now === undefined ? '–' : shownMoney(t.language, now),
                ...(next === undefined ? [] : [fromMonth(next, t)]),
              ].join(' · '),
            ]),
          }
        : undefined,
    actions: [
      ...(shown === 'RATES' ? rates.map(({ fee }) => plain(feeName(t, { id: fee }), 'team.payRate', { fee })) : []),
      ...ORDER.filter((other) => other !== shown && (other !== 'RATES' || mayRate)).map((other) =>
        plain(t(BUTTONS[other]), 'team.showFees', { shown: other }),
      ),
      plain(t('button.fees'), 'team.fees'),
      teamButton(t),
    ],
  };
}

/** `130.00 THB from December 2026`. */
function fromMonth({ money, from }: { readonly money: Money; readonly from: string }, t: T): string {
  return t('staffFees.from', {
    amount: shownMoney(t.language, money),
    month: shownPeriod(t.language, dashed(from)),
  });
}
