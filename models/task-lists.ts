import { AT_WORK, type InspectionState } from '../src/domain/inspection-state.ts';
import { type InspectionTask, Tasks } from './inspection-tasks.ts';
import type { Transaction } from './transaction.ts';

const BY_DUE = { dueAt: 1, priority: 1, taskId: 1 } as const;

/** An ISO's tasks in these states, what is due first at the top. */
export async function tasksOfIso(
  isoId: string,
  states: readonly InspectionState[],
): Promise<readonly Pick<InspectionTask, 'taskId' | 'storeName' | 'assigneeId' | 'dueAt' | 'state'>[]> {
  const only = ['taskId', 'storeName', 'assigneeId', 'dueAt', 'state'] as const;
  return await Tasks.find({ isoId, state: { $in: states } }, { only, sort: BY_DUE });
}

/** Whose tasks, at which time. */
export interface TasksFor {
  readonly userId: string;
  readonly isoId: string;
  readonly now: number;
  /** Only those that somebody is at work on. */
  readonly begun?: boolean | undefined;
}

export interface TaskPage {
  readonly skip: number;
  readonly limit: number;
}

/** What waits for a person: their own tasks, those that are to be corrected, and those of nobody that they did not promote. */
export async function tasksFor(
  whose: TasksFor,
  { skip, limit }: TaskPage,
  tx?: Transaction,
): Promise<readonly InspectionTask[]> {
  return await Tasks.find(waitingFor(whose), { sort: BY_DUE, skip, limit, tx });
}

export async function countTasksFor(whose: TasksFor): Promise<number> {
  return await Tasks.count(waitingFor(whose));
}

function waitingFor({ userId, isoId, now, begun = false }: TasksFor) {
  const open: InspectionState[] = AT_WORK.filter((state) => !begun || state !== 'ASSIGNED');
  const atWork = { state: { $in: open } };
  return {
    isoId,
    $or: [
      { ...atWork, assigneeId: userId, correctBy: { $exists: false } },
      { state: { $in: begun ? open : [...open, 'REJECTED' as const] }, assigneeId: userId, correctBy: { $gt: now } },
      { ...atWork, assigneeId: { $exists: false }, promoters: { $nin: [userId] } },
    ],
  };
}

/** What a person has submitted, the last first. */
export async function tasksSubmittedBy(
  { userId, isoId }: Pick<TasksFor, 'userId' | 'isoId'>,
  { skip, limit }: TaskPage,
): Promise<readonly InspectionTask[]> {
  const own = { isoId, assigneeId: userId, submittedAt: { $gt: 0 } };
  return await Tasks.find(own, { sort: { submittedAt: -1 }, skip, limit });
}

export async function countSubmittedBy({ userId, isoId }: Pick<TasksFor, 'userId' | 'isoId'>): Promise<number> {
  return await Tasks.count({ isoId, assigneeId: userId, submittedAt: { $gt: 0 } });
}

/** Tasks that nobody submitted and that were due before this, milliseconds. */
export async function tasksDueBefore(
  at: number,
  states: readonly InspectionState[],
  limit: number,
): Promise<readonly InspectionTask[]> {
  return await Tasks.find({ state: { $in: states }, revision: 1, dueAt: { $lt: at } }, { limit });
}
