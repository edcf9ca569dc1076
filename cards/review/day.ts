import { type DataDate, middayUtc } from '@field/kit/calendar';
import type { Tally } from '../../src/domain/item-standing.ts';
import { menuButton, plain } from '../buttons.ts';
import { shownDate } from '../dates.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { failureAlert, failureLines, type UrgentFailure } from './failure-lines.ts';
import { fixItemButton } from './item-name.ts';
import { countOf, type OtherWork, otherActions, otherAlert, otherFacts } from './other-work.ts';
import { tallyLine } from './tally-lines.ts';

/** What the data of one day brought a person: a record. The numbers are those of that day; the failure is as it stands now. */
export interface ResultDayModel {
  readonly dataDate: DataDate;
  readonly stores: Tally;
  readonly spots: Tally;
  /** The most urgent of that day's failures, and of what is due soon, about which something can still be done. */
  readonly failure?: UrgentFailure | undefined;
  /** How many more there are. */
  readonly more: number;
  /** What it reminds of besides. */
  readonly other: OtherWork;
  readonly timeZone: string;
}

/** *Results up to Mon 23 Nov*. */
export function resultDay(model: ResultDayModel, t: T): CardView {
  const { dataDate, stores, spots, failure, more, other, timeZone } = model;
  const all = plain(t('button.allResults'), 'review.mine');
  const nothing = countOf(other) > 0 ? [] : [t('resultDay.nothingToDo')];
  const next = failure === undefined ? nothing : failureLines(t, failure, { more, timeZone });
  const alert = failure === undefined ? otherAlert(t, other, timeZone) : failureAlert(t, failure, timeZone);
  return {
    title: t('resultDay.title', { date: shownDate(t.language, middayUtc(dataDate), 'UTC') }),
    alert: alert ?? nothing[0],
    body: [
      ...(stores.promoted > 0 ? [tallyLine(t, 'stores', stores)] : []),
      ...(spots.promoted > 0 ? [tallyLine(t, 'spots', spots)] : []),
      ...next,
    ],
    facts: otherFacts(t, other, timeZone),
    actions: [
      ...(failure === undefined ? [] : [fixItemButton(t, failure.name, failure.itemRef)]),
      ...otherActions(t, other, failure === undefined),
      all,
      menuButton(t),
    ],
    note: t('result.lateAndFee'),
  };
}
