import { middayUtc } from '@field/kit/calendar';
import type { Money } from '../../src/domain/money.ts';
import { menuButton, plain } from '../buttons.ts';
import { shownDate, shownPeriod } from '../dates.ts';
import { moneyOf } from '../team/fee-lines.ts';
import { dashed, type FeeNumber, feeStatus } from '../team/fees.ts';
import { type PageModel, pageButtons, pageNote } from '../team/pages.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { feeName } from '../vocabulary.ts';
import { type ItemName, itemName } from './item-name.ts';

export interface OwnFeeListModel extends PageModel {
  readonly fee: string;
  readonly month: string;
  readonly rows: readonly {
    readonly name: ItemName;
    readonly number: FeeNumber;
    /** The day of the data that said so. */
    readonly day: string;
    /** Empty where this person reads no amounts. */
    readonly amounts: readonly Money[];
    /** The line of the ledger. */
    readonly line: string;
  }[];
}

const LABEL = 20;

/** *Deployment fee*: for which of a person's items it came in a month, the latest first. */
export function ownFeeList(model: OwnFeeListModel, t: T): CardView {
  const { fee, month, rows } = model;
  return {
    title: feeName(t, { id: fee }),
    body: [shownPeriod(t.language, dashed(month)), ...(rows.length === 0 ? [t('ownFees.none')] : [])],
    facts: rows.map(({ name, number, day, amounts }) => ({
      label: itemName(t, name),
      value: [
        feeStatus(t, number),
        shownDate(t.language, middayUtc(day), 'UTC'),
        ...(amounts.length === 0 ? [] : [moneyOf(amounts, t)]),
      ].join(' · '),
    })),
    actions: [
      ...rows.map(({ name, line }) => plain(itemName(t, name, LABEL), 'review.feeLine', { line })),
      ...pageButtons(t, model, 'review.feeList', { month, fee }),
      plain(t('button.back'), 'review.fees', { month }),
      menuButton(t),
    ],
    ...pageNote(t, model),
  };
}
