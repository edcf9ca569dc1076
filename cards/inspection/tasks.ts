import { type PageModel, pageButtons, pageNote } from '../admin/pages.ts';
import { menuButton, plain } from '../buttons.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { CardAction, CardView } from '../view.ts';
import { type DueModel, whenDue } from './due.ts';

export interface TaskRowModel extends DueModel {
  readonly taskId: string;
  readonly shop: string;
  readonly address: string;
}

export interface TasksModel extends PageModel {
  readonly tasks: readonly TaskRowModel[];
  readonly count: number;
  /** `payment`: only those that are begun, each opens at its payment. */
  readonly for: 'deployment' | 'payment';
  readonly timeZone: string;
}

/** A row is one button; what is cut first is the address. */
const ROW = 40;
const SHOP = 18;

/** *Verification Tasks*: six a page, overdue first; one row, one tap. */
export function tasks(model: TasksModel, t: T): CardView {
  const { count } = model;
  const forPayment = model.for === 'payment';
  return {
    title: forPayment ? t('name.paymentVerification') : t('tasks.title', { count }),
    body: count > 0 ? [] : [t(forPayment ? 'tasks.noneForPayment' : 'tasks.none')],
    actions: [
      ...model.tasks.map((task) => taskButton(t, task, model)),
      ...pageButtons(t, model, 'inspection.tasks', forPayment ? { for: 'payment' } : {}),
      ...(forPayment ? [plain(t('name.verificationTasks'), 'inspection.tasks')] : []),
      menuButton(t),
    ],
    ...pageNote(t, model),
  };
}

/** `! Som Tam House, Silom Rd 9 · overdue`. */
function taskButton(t: T, task: TaskRowModel, { for: purpose, timeZone }: TasksModel): CardAction {
  const start = `${task.due === 'overdue' ? '! ' : ''}${shorten(task.shop, SHOP)}, `;
  const end = ` · ${whenDue(t, task, timeZone)}`;
  const label = `${start}${shorten(task.address, ROW - start.length - end.length)}${end}`;
  return plain(label, 'inspection.open', { task: task.taskId, ...(purpose === 'payment' && { at: 'tool' }) });
}
