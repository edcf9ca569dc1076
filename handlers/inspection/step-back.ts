import type { Context, MessageContext } from '../../src/bot/context.ts';
import { back } from '../../src/inspection/place.ts';
import { keepPlace } from '../keep-place.ts';
import { showTasks } from './open-tasks.ts';
import { type AtHand, atHand, saveWork, showTask, wentOnSince } from './task-at-hand.ts';

/** The word `back`, while an inspection stands on the working card. */
export async function sayBackInInspection(ctx: MessageContext): Promise<void> {
  const found = await atHand(ctx, ctx.card?.subject.id);
  if (found !== undefined && wentOnSince(ctx, found)) return keepPlace(ctx);
  await (found === undefined ? showTasks(ctx) : stepBack(ctx, found));
}

/** One step back; from the first card of a task, to the list. */
export async function stepBack(ctx: Context, found: AtHand): Promise<void> {
  const { task, assignment } = found;
  const inspection = back(task.inspection, assignment);
  if (inspection === task.inspection) return showTasks(ctx);
  await saveWork(ctx, found, inspection);
  await showTask(ctx, task.taskId);
}
