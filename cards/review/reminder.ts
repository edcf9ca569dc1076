import { menuButton, plain } from '../buttons.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { failureAlert, failureLines, type UrgentFailure } from './failure-lines.ts';
import { fixItemButton } from './item-name.ts';

/** What a person is told of again before it lapses, as it stands now: a record. */
export interface ReminderModel {
  /** The most urgent. */
  readonly failure?: UrgentFailure | undefined;
  /** How many failures wait for the person, that one among them. */
  readonly failed: number;
  readonly timeZone: string;
}

/** *Still to do*, or that all of it is done. What and until when is also what a locked phone says. */
export function reminder({ failure, failed, timeZone }: ReminderModel, t: T): CardView {
  if (failure === undefined) {
    const all = plain(t('button.allResults'), 'review.mine');
    return { title: t('reminder.done'), body: [t('resultDay.nothingToDo')], actions: [all, menuButton(t)] };
  }
  return {
    title: t('reminder.title'),
    alert: failureAlert(t, failure, timeZone),
    body: failureLines(t, failure, { more: failed - 1, timeZone }),
    actions: [
      fixItemButton(t, failure.name, failure.itemRef),
      plain(t('mine.failed', { count: failed }), 'review.list', { of: 'failed', page: '1' }),
      menuButton(t),
    ],
  };
}
