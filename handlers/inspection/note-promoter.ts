import { changeTask } from '../../models/inspection-tasks.ts';
import { openTasksAt } from '../../models/task-lists.ts';
import type { Context } from '../../src/bot/context.ts';
import { subjectOf } from './task-at-hand.ts';

/** Who sends something of a shop is offered no inspection of it from then on; who has one already stands on the list with that. */
export async function notePromoter(
  ctx: Pick<Context, 'tx' | 'touch'>,
  shop: { readonly isoId: string; readonly storeId: string },
  ...userIds: readonly string[]
): Promise<void> {
  for (const task of await openTasksAt(shop, ctx.tx)) {
    const promoters = [...new Set([...task.promoters, ...userIds])];
    if (promoters.length === task.promoters.length) continue;
    await changeTask(task, { promoters }, ctx.tx);
    ctx.touch(subjectOf(task.taskId));
  }
}
