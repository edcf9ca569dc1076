import { expect } from 'vitest';
import { changeTask, findTask, type InspectionTask } from '../../models/inspection-tasks.ts';
import { findIsoByEmail } from '../../models/isos.ts';
import { addItems } from '../../models/items.ts';
import { inTransaction } from '../../models/transaction.ts';
import { inspectionJudged, landTask, type TaskRow, taskIdOf } from '../../src/daily/inspection-tasks.ts';
import type { WorkState } from '../../src/inspection/inspection.ts';
import { canSubmit } from '../../src/inspection/place.ts';
import { obeyed } from '../inspection/obedient.ts';
import { Work } from '../inspection/shop.ts';
import { openTasks } from '../support/conversations/inspection.ts';
import { DEMO_ISO, type InProcessWorld } from '../support/in-process/world.ts';
import { SHIPPED_INSPECTION } from '../support/shipped-programme.ts';
import { decide } from '../support/shop-under-review.ts';
import { taskRow } from '../support/task-row.ts';
import type { Person } from '../support/world/person.ts';

const NO_SPOT = { spots: [], acceptsOnlyAlipay: false, ...SHIPPED_INSPECTION };

/** A task row lands; the same task again in a later file, with what is other in it. Answers the task's id. */
export async function taskLands(
  world: InProcessWorld,
  change: Partial<TaskRow> = {},
  day = '20261124',
): Promise<string> {
  const isoId = (await findIsoByEmail(DEMO_ISO))?.isoId ?? '';
  const now = world.clock.now();
  const row = taskRow({ isoId, dueAt: now + 86_400_000, ...change });
  const from = { asOf: `${day}_001`, now, cause: `inspection-tasks_${day}_001.csv` };
  expect(await inTransaction((tx) => landTask(row, from, tx))).toEqual({ outcome: 'applied' });
  return taskIdOf(isoId, row.sourceKey);
}

/** Lek at work on a task that was given to her. */
export async function lekAtWork(
  world: InProcessWorld,
  change: Partial<TaskRow> = {},
): Promise<{ readonly lek: Person; readonly taskId: string }> {
  const lek = await world.hires('lek');
  const taskId = await taskLands(world, change);
  await openTasks(lek);
  await lek.taps({ action: 'inspection.open' });
  return { lek, taskId };
}

/** Lek before the choice of what she pays with: the shop is as it was submitted. `more`: what she has done since. */
export async function lekBeforePayment(
  world: InProcessWorld,
  change: Partial<TaskRow> = {},
  more: (work: Work) => Work = (work) => work,
) {
  const lek = await world.hires('lek');
  const taskId = await taskLands(world, change);
  const work = new Work({ ...NO_SPOT, acceptsOnlyAlipay: change.acceptsOnlyAlipay ?? false }).checksDeployment();
  await keepWork(taskId, more(work), 'DEPLOYMENT_CHECKED');
  await openTasks(lek);
  await lek.taps({ action: 'inspection.open' });
  return { lek, taskId };
}

/** Lek with an inspection that she submitted and that was refused for this reason, before its card. */
export async function lekRefused(world: InProcessWorld, reason: string) {
  const lek = await world.hires('lek');
  const taskId = await taskLands(world);
  const work = new Work(NO_SPOT);
  for (let n = 0; n < 60 && !canSubmit(work.inspection, NO_SPOT); n += 1) obeyed(work, n);
  await keepWork(taskId, work, 'PAYMENT_VERIFIED');
  const { storeRef: storeId, storeName: shop, isoId } = await taskOf(taskId);
  const item = { isoId, staffId: 'lek', storeId, shop, revision: 1, submittedAt: world.clock.now() };
  const noSpot = { programme: 1, spotId: undefined, product: undefined, spotType: undefined, number: undefined };
  await inTransaction(async (tx) => {
    await addItems([{ ...item, ...noSpot, itemRef: taskId, itemType: 'INSPECTION' }], tx);
    await changeTask(await taskOf(taskId), { state: 'SUBMITTED', programme: 1, submittedAt: world.clock.now() }, tx);
  });
  await decide(taskId, 'REJECTED', { reasons: [reason] });
  const from = { now: world.clock.now(), cause: 'review.csv' };
  await inTransaction((tx) => inspectionJudged(taskId, 'REJECTED', from, tx));
  await openTasks(lek);
  await lek.taps({ action: 'inspection.open' });
  return { lek, taskId };
}

async function keepWork(taskId: string, { inspection }: Work, state: WorkState): Promise<void> {
  await inTransaction(async (tx) => {
    const begun = await changeTask(await taskOf(taskId), { state: 'STARTED', inspection, assigneeId: 'lek' }, tx);
    await changeTask(begun, { state }, tx);
  });
}

export async function taskOf(taskId: string): Promise<InspectionTask> {
  const task = await findTask(taskId);
  if (task === undefined) throw new Error(`no task ${taskId}`);
  return task;
}
