import { menuButton, plain } from '../buttons.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { failureAlert, failureLines, type UrgentFailure } from './failure-lines.ts';
import { fixItemButton } from './item-name.ts';
import { countOf, type OtherWork, otherActions, otherAlert, otherFacts } from './other-work.ts';

/** What a person is told of again before it lapses, is due or was left, as it stands now: a record. */
export interface ReminderModel {
  /** The most urgent. */
  readonly failure?: UrgentFailure | undefined;
  /** How many failures wait for the person, that one among them. */
  readonly failed: number;
  readonly other: OtherWork;
  readonly timeZone: string;
}

/** *Still to do*, or that all of it is done. What and until when is also what a locked phone says. */
export function reminder({ failure, failed, other, timeZone }: ReminderModel, t: T): CardView {
  const count = failed + countOf(other);
  if (count === 0) {
    const all = plain(t('button.allResults'), 'review.mine');
    return { title: t('reminder.done'), body: [t('resultDay.nothingToDo')], actions: [all, menuButton(t)] };
  }
  const first = failure === undefined ? otherAlert(t, other, timeZone) : failureAlert(t, failure, timeZone);
  return {
    title: t('reminder.title'),
    alert: count > 1 ? t('reminder.alertMore', { first: first ?? '', count: count - 1 }) : first,
    body: failure && failureLines(t, failure, { more: failed - 1, timeZone }),
    facts: otherFacts(t, other, timeZone),
    actions: [
      ...(failure === undefined ? [] : [fixItemButton(t, failure.name, failure.itemRef)]),
      ...otherActions(t, other, failure === undefined),
      ...(failed > 0 ? [plain(t('mine.failed', { count: failed }), 'review.list', { of: 'failed', page: '1' })] : []),
      menuButton(t),
    ],
  };
}
