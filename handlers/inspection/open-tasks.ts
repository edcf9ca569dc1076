import type { TapContext } from '../../src/bot/context.ts';
import { open, partNamed } from '../../src/inspection/parts.ts';
import { atHand, saveWork, showNotTheirs, showTask, subjectOf } from './task-at-hand.ts';

/** `Spot Inspection`, on the product list. */
export async function openInspections(ctx: TapContext): Promise<void> {
  ctx.show({ view: 'inspections', subject: { kind: 'person', id: ctx.person.userId } });
}

/** `Verification Tasks`, a page at a time; `Payment Verification` lists those that are begun. */
export async function openTasks(ctx: TapContext): Promise<void> {
  const { page, for: purpose } = ctx.update.params.extra;
  showTasks(ctx, page, purpose === 'payment');
}

export function showTasks(ctx: Pick<TapContext, 'show'>, page = '1', payment = false): void {
  ctx.show({ view: payment ? 'inspection-payments' : 'inspection-tasks', subject: { kind: 'page', id: page } });
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
