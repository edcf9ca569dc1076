import { changeTask } from '../../models/inspection-tasks.ts';
import { adminsOf } from '../../models/people.ts';
import { readAll } from '../../models/read-together.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { isGiveBackReason } from '../../src/domain/give-back.ts';
import { showTasks } from '../inspection/open-tasks.ts';
import { type AtHand, subjectOf } from '../inspection/task-at-hand.ts';
import { giveWork, readAlong } from './give-work.ts';
import { tellWithoutHands } from './without-hands.ts';

/** `Give back`: asks why. */
export function askWhyBack(ctx: TapContext, { task }: AtHand): void {
  ctx.show({ view: 'inspection.giveBack', subject: subjectOf(task.taskId) });
}

/** A task is in nobody's hands, with what was done of it, until an admin gives it to somebody; why is read there. */
export async function giveBack(ctx: TapContext, { task }: AtHand): Promise<void> {
  const { giveBack: reason } = ctx.update.params.form ?? {};
  if (!isGiveBackReason(reason)) return ctx.show({ view: 'inspection.giveBack', subject: subjectOf(task.taskId) });
  const { taskId, isoId } = task;
  const mine = task.assigneeId ?? ctx.person.userId;
  const said = await changeTask(task, { givenBack: reason, assigneeId: mine }, ctx.tx);
  const work = { kind: 'inspection', id: taskId, task: said } as const;
  const [along] = await readAll(
    () => readAlong([work], undefined, ctx.tx),
    () => adminsOf(isoId, ctx.tx),
  );
  await giveWork(ctx, { what: [work], to: undefined, from: ctx.person, along });
  await tellWithoutHands(ctx, isoId);
  ctx.audit('inspection.giveBack', subjectOf(taskId), { reason });
  showTasks(ctx, '1', 'inspection.tasks', { key: 'line.givenBack' });
}
