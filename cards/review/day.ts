import { type DataDate, middayUtc } from '@field/kit/calendar';
import type { Tally } from '../../src/domain/item-standing.ts';
import { menuButton, plain } from '../buttons.ts';
import { shownDate } from '../dates.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { failureAlert, failureLines, type UrgentFailure } from './failure-lines.ts';
import { fixItemButton } from './item-name.ts';
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
  readonly timeZone: string;
}

/** *Results up to Mon 23 Nov*. */
export function resultDay({ dataDate, stores, spots, failure, more, timeZone }: ResultDayModel, t: T): CardView {
  const all = plain(t('button.allResults'), 'review.mine');
  const [next = '', ...when] =
    failure === undefined ? [t('resultDay.nothingToDo')] : failureLines(t, failure, { more, timeZone });
  return {
    title: t('resultDay.title', { date: shownDate(t.language, middayUtc(dataDate), 'UTC') }),
    alert: failure === undefined ? next : failureAlert(t, failure, timeZone),
    body: [
      ...(stores.promoted > 0 ? [tallyLine(t, 'stores', stores)] : []),
      ...(spots.promoted > 0 ? [tallyLine(t, 'spots', spots)] : []),
      next,
      ...when,
    ],
    actions:
      failure === undefined
        ? [all, menuButton(t)]
        : [fixItemButton(t, failure.name, failure.itemRef), all, menuButton(t)],
    note: t('result.lateAndFee'),
  };
}
