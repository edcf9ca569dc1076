import { AT_WORK, INSPECTION_MOVES, type InspectionState } from '../src/domain/inspection-state.ts';
import { statesOf } from '../src/domain/moves.ts';
import { type InspectionTask, isPastTask, Tasks } from './inspection-tasks.ts';
import { Items } from './item-rows.ts';
import { readAll } from './read-together.ts';
import type { Reads } from './single-write.ts';
import { inOrder } from './stored-order.ts';
import type { Transaction } from './transaction.ts';
import type { Window } from './whole-moments.ts';

const BY_DUE = { dueAt: 1, priority: 1, taskId: 1 } as const;

const LISTED = ['taskId', 'storeName', 'assigneeId', 'promoters', 'dueAt', 'state'] as const;

/** Of whom tasks are meant: of these people, or of everybody in the ISO and of nobody. */
export interface TasksOf {
  readonly isoId: string;
  readonly states: readonly InspectionState[];
  readonly of?: readonly string[] | undefined;
}

/** An ISO's tasks in these states, what is due first at the top: all of them, or a page. */
export async function tasksOfIso(
  whose: TasksOf,
  page?: TaskPage,
): Promise<readonly Pick<InspectionTask, (typeof LISTED)[number]>[]> {
  return await Tasks.find(inIso(whose), { only: LISTED, sort: BY_DUE, ...page });
}

/** How many these are: an index says it. */
export async function countTasksOfIso(whose: TasksOf): Promise<number> {
  return await Tasks.count(inIso(whose));
}

function inIso({ isoId, states, of }: TasksOf) {
  const state = { $in: states };
  return of === undefined ? { isoId, state } : { isoId, assigneeId: { $in: of }, state };
}

const NOT_OVER: readonly InspectionState[] = [...AT_WORK, 'REJECTED'];

/** The open tasks of an ISO that a person has in hand, with which what was submitted of them is read; what is to be corrected only in time. */
export async function tasksInHand(
  assigneeId: string,
  { isoId, now }: { readonly isoId: string; readonly now: number },
  tx?: Reads,
): Promise<readonly InspectionTask[]> {
  const submitted = { of: Items, by: 'taskId', at: 'itemRef' } as const;
  const found = await Tasks.findWith({ isoId, assigneeId, state: { $in: NOT_OVER } }, submitted, { sort: BY_DUE, tx });
  return found.flatMap(({ record }) => (isPastTask(record, now) ? [] : [record]));
}

/** The open tasks of an ISO, or of these people, whoever has them; at most so many where that is said. */
export async function openTasksOf(
  { isoId, now, of }: Pick<TasksOf, 'isoId' | 'of'> & { readonly now: number },
  { tx, limit }: { readonly tx?: Reads | undefined; readonly limit?: number | undefined } = {},
): Promise<readonly InspectionTask[]> {
  const found = await Tasks.find(inIso({ isoId, of, states: NOT_OVER }), { sort: BY_DUE, tx, limit });
  return found.filter((task) => !isPastTask(task, now));
}

/** How many that are: one whose time to be corrected is over counts until that is noted. */
export async function countOpenTasksOf({ isoId, of }: Pick<TasksOf, 'isoId' | 'of'>): Promise<number> {
  return await Tasks.count(inIso({ isoId, of, states: NOT_OVER }));
}

/** How many tasks of all ISOs are not over. */
export async function countOpenTasks(): Promise<number> {
  return await Tasks.count({ state: { $in: NOT_OVER } });
}

/** The open tasks of an ISO at one of its shops. */
export async function openTasksAt(
  { isoId, storeId }: { readonly isoId: string; readonly storeId: string },
  tx: Transaction,
): Promise<readonly InspectionTask[]> {
  return await Tasks.find({ isoId, storeRef: storeId, state: { $in: NOT_OVER } }, { tx });
}

/** The open tasks of an ISO that were somebody's and that nobody has in hand. */
export async function tasksWithoutHands(
  { isoId, now }: { readonly isoId: string; readonly now: number },
  tx?: Reads,
): Promise<readonly InspectionTask[]> {
  const filter = {
    isoId,
    formerId: { $exists: true },
    assigneeId: { $exists: false },
    state: { $in: NOT_OVER },
  } as const;
  const found = await Tasks.find(filter, { sort: BY_DUE, tx });
  return found.filter((task) => !isPastTask(task, now));
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
  tx?: Reads,
): Promise<readonly InspectionTask[]> {
  const page = { sort: BY_DUE, limit: skip + limit, tx };
  const { own, free } = waitingFor(whose);
  const found = await readAll(
    () => Tasks.find(own, page),
    () => Tasks.find(free, page),
  );
  return inOrder<InspectionTask & Readonly<Record<string, unknown>>>(found.flat(), BY_DUE).slice(skip, skip + limit);
}

/** How many that are; where `most` is said at most so many, and no more is looked at than that takes. */
export async function countTasksFor(whose: TasksFor, most?: number): Promise<number> {
  const { own, free } = waitingFor(whose);
  const [ofTheirs, ofNobody] = await readAll(
    () => Tasks.count(own, { limit: most }),
    () => Tasks.count(free, { limit: most }),
  );
  return Math.min(ofTheirs + ofNobody, most ?? Infinity);
}

/** Asked for by themselves: no index has what is somebody's or nobody's. */
function waitingFor({ userId, isoId, now, begun = false }: TasksFor) {
  const open: InspectionState[] = AT_WORK.filter((state) => !begun || state !== 'ASSIGNED');
  const again: InspectionState[] = begun ? open : [...open, 'REJECTED'];
  const atWork = { state: { $in: open } };
  const inTime = [
    { ...atWork, correctBy: { $exists: false } },
    { state: { $in: again }, correctBy: { $gt: now } },
  ];
  return {
    own: { isoId, assigneeId: userId, state: { $in: again }, $or: inTime },
    free: {
      isoId,
      ...atWork,
      assigneeId: { $eq: null },
      formerId: { $exists: false },
      promoters: { $nin: [userId] },
    },
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

/** When the first of the tasks that nobody submitted is due, milliseconds; none where there are none. */
export async function firstTaskDue(states: readonly InspectionState[]): Promise<number | undefined> {
  const filter = { state: { $in: states }, revision: 1 };
  const [first] = await Tasks.find(filter, { only: ['dueAt'], sort: { dueAt: 1 }, limit: 1 });
  return first?.dueAt;
}

/** Tasks that nobody submitted and that were due before this, milliseconds. */
export async function tasksDueBefore(
  at: number,
  states: readonly InspectionState[],
  limit: number,
): Promise<readonly InspectionTask[]> {
  return await Tasks.find({ state: { $in: states }, revision: 1, dueAt: { $lt: at } }, { limit });
}

/** When the first notice of an inspection is due, milliseconds; none without one. */
export async function firstTaskNotice(): Promise<number | undefined> {
  const filter = { state: { $in: NOT_OVER }, noticeAt: { $exists: true } };
  const [first] = await Tasks.find(filter, { only: ['noticeAt'], sort: { noticeAt: 1 }, limit: 1 });
  return first?.noticeAt;
}

/** The inspections of which whoever has them in hand is to be told by now, the longest due first. */
export async function taskNoticesDue(
  now: number,
  limit: number,
): Promise<readonly Pick<InspectionTask, 'taskId' | 'version' | 'isoId' | 'assigneeId'>[]> {
  const filter = { state: { $in: NOT_OVER }, noticeAt: { $exists: true, $lte: now } };
  const only = ['taskId', 'version', 'isoId', 'assigneeId'] as const;
  return await Tasks.find(filter, { only, sort: { noticeAt: 1 }, limit });
}

interface WhichTasks {
  readonly of?: readonly string[] | undefined;
  readonly states?: readonly InspectionState[] | undefined;
}

/** How many inspections of an ISO that somebody, or one of these, is still to do are due before this, overdue ones too. */
export async function countTasksDue(
  isoId: string,
  before: number,
  { of, states = AT_WORK }: WhichTasks = {},
): Promise<number> {
  const due = { isoId, state: { $in: states }, dueAt: { $lt: before } };
  return await Tasks.count(of === undefined ? due : { ...due, assigneeId: { $in: of } });
}

/** An index of times begins with them. */
const ANY_STATE = { $in: statesOf(INSPECTION_MOVES) };

/** All tasks of an ISO that are due in that time, whatever became of them, the earliest first. */
export async function tasksDue(isoId: string, { from, to, limit }: Window): Promise<readonly InspectionTask[]> {
  const filter = { isoId, state: ANY_STATE, dueAt: { $gte: from, $lt: to } };
  return await Tasks.find(filter, { sort: { dueAt: 1 }, limit });
}
