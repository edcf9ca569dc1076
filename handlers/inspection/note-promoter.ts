import { changeTask, type InspectionTask } from '../../models/inspection-tasks.ts';
import { mayInspect } from '../../models/may-inspect.ts';
import { openTasksAt } from '../../models/task-lists.ts';
import type { Transaction } from '../../models/transaction.ts';
import type { Context } from '../../src/bot/context.ts';
import { subjectOf } from './task-at-hand.ts';

/**
 * Who sends something of a shop is offered no inspection of it from then on. One that they have and did not begin is offered to the others,
 * where there are any; one that is begun stays theirs, and stands on the list with that (domain A.12-23).
 */
export async function notePromoter(
  ctx: Pick<Context, 'tx' | 'touch' | 'audit'>,
  shop: { readonly isoId: string; readonly storeId: string },
  ...userIds: readonly string[]
): Promise<void> {
  for (const task of await openTasksAt(shop, ctx.tx)) {
    const promoters = [...new Set([...task.promoters, ...userIds])];
    if (promoters.length === task.promoters.length) continue;
    const subject = subjectOf(task.taskId);
    const isForOthers = await isForOthersNow({ ...task, promoters }, ctx.tx);
    await changeTask(task, { promoters, assigneeId: isForOthers ? null : undefined }, ctx.tx);
    ctx.touch(subject);
    if (!isForOthers || task.assigneeId === undefined) continue;
    ctx.touch({ kind: 'person', id: task.assigneeId });
    ctx.audit('inspection.offer', subject);
  }
}

async function isForOthersNow(task: InspectionTask, tx: Transaction): Promise<boolean> {
  const { state, assigneeId } = task;
  return state === 'ASSIGNED' && assigneeId !== undefined && !(await mayInspect(task, assigneeId, tx));
}
