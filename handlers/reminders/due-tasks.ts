import { dayOf } from '@field/kit/calendar';
import type { InspectionTask } from '../../models/inspection-tasks.ts';
import { findItem } from '../../models/items.ts';
import { currentProgramme } from '../../models/programme-in-use.ts';
import type { Reads } from '../../models/single-write.ts';
import { tasksInHand } from '../../models/task-lists.ts';
import type { AllowedHours } from '../../src/domain/allowed-hours.ts';
import { isAtWork } from '../../src/domain/inspection-state.ts';
import { openRemedies, stateAt } from '../../src/domain/item-standing.ts';
import { morningOf } from '../../src/domain/notice-times.ts';

/** Until when an inspection is to be done, or corrected, milliseconds. */
export function dueOf({ correctBy, dueAt }: Pick<InspectionTask, 'correctBy' | 'dueAt'>): number {
  return correctBy ?? dueAt;
}

/** Whether whoever has it in hand can do it, or correct it, before it is due. */
export async function isToInspect(task: InspectionTask, now: number, tx?: Reads): Promise<boolean> {
  if (!currentProgramme().programme.reminders.inspections || dueOf(task) <= now) return false;
  return await isToDo(task, now, tx);
}

async function isToDo({ taskId, state, revision }: InspectionTask, now: number, tx?: Reads): Promise<boolean> {
  if (isAtWork(state) && revision === 1) return true;
  const item = await findItem(taskId, tx);
  if (item === undefined) return false;
  return isAtWork(state) ? stateAt(item, now) === 'MODIFYING' : openRemedies(item, now).length > 0;
}

/** What a person has in hand that was to be told of by today, due or overdue, and that can be done still; what is due first at the top. */
export async function inspectionsToDo(
  { userId, isoId, now, hours }: { userId: string; isoId: string; now: number; hours: AllowedHours },
  tx?: Reads,
): Promise<readonly InspectionTask[]> {
  if (!currentProgramme().programme.reminders.inspections) return [];
  const toDo: InspectionTask[] = [];
  for (const task of await tasksInHand(userId, { isoId, now }, tx)) {
    // a card has what is to be told in the course of its day
    const toldAt = morningOf(dueOf(task), hours);
    const hasCome = toldAt !== undefined && dayOf(toldAt, hours.timeZone) <= dayOf(now, hours.timeZone);
    if (hasCome && (await isToDo(task, now, tx))) toDo.push(task);
  }
  return toDo.sort((one, other) => dueOf(one) - dueOf(other));
}
