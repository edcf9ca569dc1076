import { changeTask, findTask } from '../../models/inspection-tasks.ts';
import { changeItem, findItem } from '../../models/items.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { stateAt } from '../../src/domain/item-standing.ts';
import { isFailed } from '../../src/domain/review-state.ts';
import { corrected } from '../../src/inspection/correct.ts';
import { isTheirs, showNotTheirs, showTask } from './task-at-hand.ts';

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
