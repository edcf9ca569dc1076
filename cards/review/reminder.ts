import { menuButton, plain } from '../buttons.ts';
import { shownDate, shownTime } from '../dates.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { failureLines, type UrgentFailure } from './failure-lines.ts';
import { fixItemButton, itemName } from './item-name.ts';

/** What a person is told of again before it lapses, as it stands now: a record. */
export interface ReminderModel {
  /** The most urgent. */
  readonly failure?: UrgentFailure | undefined;
  /** How many failures wait for the person, that one among them. */
  readonly failed: number;
  readonly timeZone: string;
}

/** *Still to do*. What and until when is also what a locked phone says. */
export function reminder({ failure, failed, timeZone }: ReminderModel, t: T): CardView {
  const title = t('reminder.title');
  if (failure === undefined) {
    const nothing = t('resultDay.nothingToDo');
    return { title, body: [nothing], actions: [plain(t('button.allResults'), 'review.mine'), menuButton(t)] };
  }
  const { name, itemRef, deadlineAt } = failure;
  return {
    title,
    alert: deadlineAt === undefined ? itemName(t, name, NAME) : untilOf(t, name, deadlineAt, timeZone),
    body: failureLines(t, failure, { more: failed - 1, timeZone }),
    actions: [
      fixItemButton(t, name, itemRef),
      plain(t('mine.failed', { count: failed }), 'review.list', { of: 'failed', page: '1' }),
      menuButton(t),
    ],
  };
}

const NAME = 24;

function untilOf(t: T, name: UrgentFailure['name'], deadlineAt: number, timeZone: string): string {
  const [date, time] = [shownDate(t.language, deadlineAt, timeZone), shownTime(t.language, deadlineAt, timeZone)];
  return t('reminder.alert', { name: itemName(t, name, NAME), date, time });
}
