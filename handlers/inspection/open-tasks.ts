import type { CardLine } from '../../models/cards.ts';
import { changeTask, findTask, type InspectionTask } from '../../models/inspection-tasks.ts';
import type { Item } from '../../models/item-rows.ts';
import { changeItem, findItem } from '../../models/items.ts';
import type { TapContext } from '../../src/bot/context.ts';
import type { TapSubject } from '../../src/bot/tap-subject.ts';
import { stateAt } from '../../src/domain/item-standing.ts';
import { isFailed } from '../../src/domain/review-state.ts';
import { corrected } from '../../src/inspection/correct.ts';
import { open, partNamed } from '../../src/inspection/parts.ts';
import { reasonsOfItem } from '../review/reasons-of-item.ts';
import {
  type AtHand,
  isTheirs,
  OWN_TASK,
  saveWork,
  showRefused,
  showTask,
  subjectOf,
  withAssignment,
} from './task-at-hand.ts';

/** `Spot Inspection`, on the product list. */
export async function openInspections(ctx: TapContext): Promise<void> {
  ctx.show({ view: 'inspection.home', subject: { kind: 'person', id: ctx.person.userId } });
}

type TaskListView = 'inspection.tasks' | 'inspection.payments' | 'inspection.results';

/** From what a list's button names to its view. */
const LISTS: ReadonlyMap<string, TaskListView> = new Map([
  ['payments', 'inspection.payments'],
  ['submitted', 'inspection.results'],
]);

/** `Verification Tasks`, `Payment Verification` (those that are begun), `My inspections`, a page at a time. */
export async function openTasks(ctx: TapContext): Promise<void> {
  const { page, of = 'tasks' } = ctx.update.params.extra;
  showTasks(ctx, page, LISTS.get(of));
}

export function showTasks(
  ctx: Pick<TapContext, 'show'>,
  page = '1',
  view: TaskListView = 'inspection.tasks',
  line?: CardLine,
): void {
  ctx.show({ view, subject: { kind: 'page', id: page }, line });
}

/** One of the tasks that a list names; what became of it otherwise, its card says. */
export const LISTED_TASK: TapSubject<AtHand> = {
  async load({ update, tx }) {
    const { task } = update.params.extra;
    return task === undefined ? undefined : await withAssignment(task, tx);
  },
  mayUse: OWN_TASK.mayUse,
  isOpen: OWN_TASK.isOpen,
  refuse(ctx) {
    const { task } = ctx.update.params.extra;
    if (task === undefined) showTasks(ctx);
    else ctx.show({ view: 'inspection', subject: subjectOf(task) });
  },
};

/** One of the list, at what is asked next, or at its payment. Looking at a task does not take it from others. */
export async function openTask(ctx: TapContext, found: AtHand): Promise<void> {
  const part = partNamed(ctx.update.params.extra.at, found.assignment);
  if (part !== undefined) await saveWork(ctx, found, open(found.task.inspection, part));
  await showTask(ctx, found.task.taskId);
}

/** `Resume`, on the record of an inspection that is being corrected. */
export async function goOn(ctx: TapContext, { task }: AtHand): Promise<void> {
  await showTask(ctx, task.taskId);
}

interface Inspected {
  readonly task: InspectionTask;
  /** What was submitted of it. */
  readonly item: Item | undefined;
}

/** What this person inspected and may correct: it failed, in time, and once. */
export const FAILED_INSPECTION: TapSubject<Inspected> = {
  async load({ update, tx }) {
    const { subject } = update.params;
    const task = subject?.kind === 'inspection' ? await findTask(subject.id, tx) : undefined;
    return task && { task, item: await findItem(task.taskId, tx) };
  },
  mayUse: (person, { task }) => isTheirs(task, person),
  isOpen({ now }, { task, item }) {
    if (task.state !== 'REJECTED' || item === undefined) return false;
    return isFailed(stateAt(item, now)) && item.judgement?.remedy !== 'NONE';
  },
  refuse: showRefused,
};

/** `Correct it`: the next revision begins, and asks only what the reviewer named. */
export async function correctInspection(ctx: TapContext, { task, item }: Inspected): Promise<void> {
  if (item === undefined) return;
  await changeItem(item, { state: 'MODIFYING' }, ctx.tx);
  const asked = (await reasonsOfItem(item)).flatMap(({ asks }) => asks);
  const inspection = corrected(task.inspection, asked);
  await changeTask(task, { state: 'STARTED', revision: task.revision + 1, inspection }, ctx.tx);
  ctx.audit('inspection.correct', { kind: 'inspection', id: task.taskId }, { revision: task.revision + 1 });
  await showTask(ctx, task.taskId);
}
