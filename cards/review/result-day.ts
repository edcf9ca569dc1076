import { type DataDate, middayUtc } from '../../src/domain/calendar.ts';
import type { Tally } from '../../src/domain/item-standing.ts';
import { labelWith, menuButton, plain, primary } from '../buttons.ts';
import { daysLeft, shownDate } from '../dates.ts';
import { markdownText } from '../markdown.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { type ItemName, itemName, itemPlace } from './item-name.ts';
import { reviewReason } from './reason.ts';
import { tallyLine } from './tally-lines.ts';

/** What the data of one day brought a person: a record. The numbers are those of that day; the failure is as it stands now. */
export interface ResultDayModel {
  readonly dataDate: DataDate;
  readonly stores: Tally;
  readonly spots: Tally;
  /** The most urgent of that day's failures about which something can still be done. */
  readonly failure?: DayFailure;
  readonly now: number;
}

export interface DayFailure {
  readonly itemRef: string;
  readonly name: ItemName;
  readonly reason: string | undefined;
  readonly deadlineAt: number | undefined;
}

const SHOP_AND_SPOT = 26;

/** *Results up to Mon 23 Nov*. */
export function resultDay({ dataDate, stores, spots, failure, now }: ResultDayModel, t: T): CardView {
  const all = plain(t('button.allResults'), 'review.mine');
  return {
    title: t('resultDay.title', { date: shownDate(t.language, middayUtc(dataDate), 'UTC') }),
    body: [
      ...(stores.promoted > 0 ? [tallyLine(t, 'stores', stores)] : []),
      ...(spots.promoted > 0 ? [tallyLine(t, 'spots', spots)] : []),
      ...(failure === undefined ? [t('resultDay.nothingToDo')] : failureLines(t, failure, now)),
    ],
    actions:
      failure === undefined
        ? [all, menuButton(t)]
        : [
            primary(labelWith(t, 'summary.fix', itemPlace(t, failure.name)), 'review.open', { item: failure.itemRef }),
            all,
            menuButton(t),
          ],
    note: t('result.late'),
  };
}

function failureLines(t: T, { name, reason, deadlineAt }: DayFailure, now: number): string[] {
  const named = { name: itemName(t, name, SHOP_AND_SPOT), reason: reviewReason(t, reason) };
  const why = markdownText(t, 'resultDay.failure', named);
  return deadlineAt === undefined
    ? [why]
    : [why, markdownText(t, 'item.daysLeft', { days: daysLeft(now, deadlineAt) })];
}
