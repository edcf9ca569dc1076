import type { TapContext } from '../../src/bot/context.ts';
import { open, partNamed } from '../../src/inspection/parts.ts';
import { atHand, saveWork, showNotTheirs, showTask, subjectOf } from './task-at-hand.ts';

/** `Spot Inspection`, on the product list. */
export async function openInspections(ctx: TapContext): Promise<void> {
  ctx.show({ view: 'inspections', subject: { kind: 'person', id: ctx.person.userId } });
}

/** From what a list's button names to its view. */
const LISTS: Readonly<Record<string, string>> = { payments: 'inspection-payments', submitted: 'inspection-results' };

/** `Verification Tasks`, `Payment Verification` (those that are begun), `My inspections`, a page at a time. */
export async function openTasks(ctx: TapContext): Promise<void> {
  const { page, of = 'tasks' } = ctx.update.params.extra;
  showTasks(ctx, page, LISTS[of]);
}

export function showTasks(ctx: Pick<TapContext, 'show'>, page = '1', view = 'inspection-tasks'): void {
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
