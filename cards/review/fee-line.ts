import { middayUtc } from '@field/kit/calendar';
import type { Money } from '../../src/domain/money.ts';
import { menuButton, plain } from '../buttons.ts';
import { shownDate, shownPeriod } from '../dates.ts';
import { type LineTalk, lineTalkFacts } from '../help/line-talk.ts';
import { markdownText } from '../markdown.ts';
import { moneyOf } from '../team/fee-lines.ts';
import { dashed, type FeeNumber, feeStatus, feeTone } from '../team/fees.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { feeName } from '../vocabulary.ts';
import { type ItemName, itemName } from './item-name.ts';

export interface OwnFeeLineModel {
  /** The line of the ledger. */
  readonly line: string;
  readonly name: ItemName;
  readonly fee: string;
  readonly month: string;
  readonly number: FeeNumber;
  /** The day of the data that said so. */
  readonly day: string;
  /** Empty where this person reads no amounts. */
  readonly amounts: readonly Money[];
  /** Its item, where this person may open it. */
  readonly opens?: string | undefined;
  readonly talk?: LineTalk | undefined;
  readonly timeZone: string;
}

/** *Baan Coffee · Door*: one fee of one item of a person's own, what was asked about it and answered. */
export function ownFeeLine(model: OwnFeeLineModel, t: T): CardView {
  const { line, name, fee, month, number, day, amounts, opens, talk, timeZone } = model;
  const of = { fee: feeName(t, { id: fee }), month: shownPeriod(t.language, dashed(month)) };
  const facts = [
    { label: t('fees.amount'), value: moneyOf(amounts, t) },
    { label: t('cameIn.day'), value: shownDate(t.language, middayUtc(day), 'UTC') },
  ];
  return {
    title: itemName(t, name),
    tag: { text: feeStatus(t, number), tone: feeTone(number) },
    body: [markdownText(t, 'fees.of', of)],
    facts: [
      ...facts.filter(({ value }) => value !== ''),
      ...(talk === undefined ? [] : lineTalkFacts(talk, timeZone, t)),
    ],
    actions: [
      ...(opens === undefined ? [] : [plain(t('button.openItem'), 'review.open', { item: opens })]),
      plain(t('button.askAdmin'), 'help.ask', { line }),
      plain(t('button.back'), 'review.feeList', { month, fee }),
      menuButton(t),
    ],
  };
}
