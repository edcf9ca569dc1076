import { changeTask, findTask } from '../../models/inspection-tasks.ts';
import { changeItem, findItem } from '../../models/items.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { stateAt } from '../../src/domain/item-standing.ts';
import { isFailed } from '../../src/domain/review-state.ts';
import { corrected } from '../../src/inspection/correct.ts';
import { open, partNamed } from '../../src/inspection/parts.ts';
import { atHand, isTheirs, saveWork, showNotTheirs, showTask, subjectOf } from './task-at-hand.ts';

/** `Spot Inspection`, on the product list. */
export async function openInspections(ctx: TapContext): Promise<void> {
  ctx.show({ view: 'inspection.home', subject: { kind: 'person', id: ctx.person.userId } });
}

type TaskListView = 'inspection.tasks' | 'inspection.payments' | 'inspection.results';

/** From what a list's button names to its view. */
const LISTS: Readonly<Record<string, TaskListView>> = {
  payments: 'inspection.payments',
  submitted: 'inspection.results',
};

/** `Verification Tasks`, `Payment Verification` (those that are begun), `My inspections`, a page at a time. */
export async function openTasks(ctx: TapContext): Promise<void> {
  const { page, of = 'tasks' } = ctx.update.params.extra;
  showTasks(ctx, page, LISTS[of]);
}

export function showTasks(ctx: Pick<TapContext, 'show'>, page = '1', view: TaskListView = 'inspection.tasks'): void {
  ctx.show({ view, subject: { kind: 'page', id: page } });
}

/** One of the list, at what is asked next, or at its payment. Looking at a task does not take it from others. */
export async function openTask(ctx: TapContext): Promise<void> {
  const { task: taskId, at } = ctx.update.params.extra;
  const found = await atHand(ctx, taskId);
  if (found === undefined)
    return taskId === undefined ? showTasks(ctx) : ctx.show({ view: 'inspection', subject: subjectOf(taskId) });
  const part = partNamed(at, found.assignment);
  if (part !== undefined) await saveWork(ctx, found, open(found.task.inspection, part));
  await showTask(ctx, found.task.taskId);
}

/** `Go on`, on the record of an inspection that is being corrected. */
export async function goOn(ctx: TapContext): Promise<void> {
  const { subject } = ctx.update.params;
  const found = subject?.kind === 'inspection' ? await atHand(ctx, subject.id) : undefined;
  if (found === undefined) return await showNotTheirs(ctx);
  await showTask(ctx, found.task.taskId);
}

/** `Correct it`: the next revision begins, and asks only what the reviewer named; in time, and once. */
export async function correctInspection(ctx: TapContext): Promise<void> {
  const { subject } = ctx.update.params;
  const task = subject?.kind === 'inspection' ? await findTask(subject.id, ctx.tx) : undefined;
  const item = task === undefined ? undefined : await findItem(task.taskId, ctx.tx);
  if (task?.state !== 'REJECTED' || item === undefined || !isTheirs(task, ctx.person)) return await showNotTheirs(ctx);
  const inTime = isFailed(stateAt(item, ctx.now));
  if (!inTime || item.judgement?.remedy === 'NONE') return await showNotTheirs(ctx);
  await changeItem(item, { state: 'MODIFYING' }, ctx.tx);
  const inspection = corrected(task.inspection, item.judgement?.reasonCodes ?? []);
  await changeTask(task, { state: 'STARTED', revision: task.revision + 1, inspection }, ctx.tx);
  ctx.audit('inspection.correct', { kind: 'inspection', id: task.taskId }, { revision: task.revision + 1 });
  await showTask(ctx, task.taskId);
}
