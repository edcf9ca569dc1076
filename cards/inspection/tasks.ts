import { menuButton, plain } from '../buttons.ts';
import { shownDate } from '../dates.ts';
import { plainList } from '../short-list.ts';
import { shorten } from '../shorten.ts';
import { type PageModel, pageButtons, pageNote } from '../team/pages.ts';
import type { T } from '../text.ts';
import type { TextKey } from '../text-key.ts';
import type { CardAction, CardView } from '../view.ts';
import { widthOf } from '../width.ts';
import { type DueModel, whenDue } from './due.ts';
import { shownTasks } from './shown-count.ts';

export interface TaskRowModel extends DueModel {
  readonly taskId: string;
  readonly shop: string;
  readonly address: string;
  /** It was not approved, and is to be corrected. */
  readonly again: boolean;
  /** What was submitted last, and how it stands. */
  readonly submitted?: { readonly at: number; readonly result: 'inReview' | 'approved' | 'rejected' } | undefined;
}

export interface TaskListModel extends PageModel {
  /** What waits; what is begun, each opens at its payment; what was submitted, each opens its record. */
  readonly of: 'tasks' | 'payments' | 'submitted';
  readonly tasks: readonly TaskRowModel[];
  readonly count: number;
  readonly timeZone: string;
}

/** A row is one button; what is cut first is the address. */
const ROW = 40;
const SHOP = 18;
const RESULTS = { inReview: '…', approved: '✓', rejected: '✗' } as const;

const TEXTS: Readonly<Record<TaskListModel['of'], { readonly title: TextKey; readonly none: TextKey }>> = {
  tasks: { title: 'tasks.title.tasks', none: 'tasks.none.tasks' },
  payments: { title: 'name.paymentVerification', none: 'tasks.none.payments' },
  submitted: { title: 'tasks.title.submitted', none: 'tasks.none.submitted' },
};

/** *Verification Tasks*: six a page, the most urgent first; one row, one tap. */
export function taskList(model: TaskListModel, t: T): CardView {
  const { of, count } = model;
  return {
    title: t(TEXTS[of].title, { count: of === 'submitted' ? count : shownTasks(count) }),
    body: count > 0 ? [] : [t(TEXTS[of].none)],
    actions: [
      ...model.tasks.map((task) => taskButton(t, task, model)),
      ...pageButtons(t, model, 'inspection.tasks', { of }),
      ...(of === 'tasks' ? [] : [plain(t('name.verificationTasks'), 'inspection.tasks')]),
      menuButton(t),
    ],
    ...pageNote(t, model),
  };
}

/** `! Som Tam House, Silom Rd 9 · overdue`, `✓ Baan Coffee, Silom Rd 12 · Tue 24 Nov`. */
function taskButton(t: T, task: TaskRowModel, { of, timeZone }: TaskListModel): CardAction {
  const { taskId, submitted } = task;
  const ofSubmitted = of === 'submitted' ? submitted : undefined;
  const icon = ofSubmitted ? RESULTS[ofSubmitted.result] : task.again ? '✗' : task.due === 'overdue' ? '!' : '';
  const when = ofSubmitted ? shownDate(t.language, ofSubmitted.at, timeZone) : whenDue(t, task, timeZone);
  const label = (address: string): string => {
    return `${icon} ${plainList(t.language, [shorten(task.shop, SHOP), address])} · ${when}`.trimStart();
  };
  const address = shorten(task.address, ROW - widthOf(label('')));
  return plain(label(address), 'inspection.open', of === 'payments' ? { task: taskId, at: 'tool' } : { task: taskId });
}
