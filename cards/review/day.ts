import { type DataDate, middayUtc } from '@field/kit/calendar';
import type { Tally } from '../../src/domain/item-standing.ts';
import { menuButton, plain } from '../buttons.ts';
import { shownDate, shownTime } from '../dates.ts';
import { markdownText } from '../markdown.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { reviewReason, type SaidReason } from '../vocabulary.ts';
import { fixItemButton, type ItemName, itemName } from './item-name.ts';
import { tallyLine } from './tally-lines.ts';

/** What the data of one day brought a person: a record. The numbers are those of that day; the failure is as it stands now. */
export interface ResultDayModel {
  readonly dataDate: DataDate;
  readonly stores: Tally;
  readonly spots: Tally;
  /** The most urgent of that day's failures about which something can still be done. */
  readonly failure?: DayFailure | undefined;
  readonly timeZone: string;
}

export interface DayFailure {
  readonly itemRef: string;
  readonly name: ItemName;
  readonly reason: SaidReason | undefined;
  readonly deadlineAt: number | undefined;
}

/** A line is read at a glance up to here; the marks around the name take five. */
const LINE = 55;

/** *Results up to Mon 23 Nov*. */
export function resultDay({ dataDate, stores, spots, failure, timeZone }: ResultDayModel, t: T): CardView {
  const all = plain(t('button.allResults'), 'review.mine');
  const [next = '', ...when] =
    failure === undefined ? [t('resultDay.nothingToDo')] : failureLines(t, failure, timeZone);
  return {
    title: t('resultDay.title', { date: shownDate(t.language, middayUtc(dataDate), 'UTC') }),
    alert: next,
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
    note: t('result.late'),
  };
}

/** The day by its name: the card stays in the chat, and the days that are left do not. */
function failureLines(t: T, { name, reason, deadlineAt }: DayFailure, timeZone: string): string[] {
  const because = reason === undefined ? '' : reviewReason(t, reason);
  const named = itemName(t, name, LINE - because.length);
  const why = markdownText(t, 'resultDay.failure', { name: named, reason: because });
  if (deadlineAt === undefined) return [why];
  const [date, time] = [shownDate(t.language, deadlineAt, timeZone), shownTime(t.language, deadlineAt, timeZone)];
  return [why, markdownText(t, 'resultDay.until', { date, time })];
}
