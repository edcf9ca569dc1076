import type { GiveBackReason } from '../src/domain/give-back.ts';
import { AT_WORK, INSPECTION_MOVES, type InspectionState } from '../src/domain/inspection-state.ts';
import type { FirstOf } from '../src/domain/moves.ts';
import type { History } from '../src/domain/since.ts';
import type { Finding } from '../src/inspection/findings.ts';
import { type Inspection, newInspection, type PhotoSlot } from '../src/inspection/inspection.ts';
import { checkMove } from './check-move.ts';
import { collection, type RecordOf } from './collection.ts';
import { flag, list, number, sealedValue, text, value } from './fields.ts';
import { GIVEN_ON, OWNERSHIP } from './owners.ts';
import type { Changes } from './queries.ts';
import type { Reads } from './single-write.ts';
import { mustHaveMatched, type Transaction } from './transaction.ts';

/** What a task's row says of it, and may say anew as long as nothing was submitted. */
const FACTS = {
  /** Whom the row names; undefined: whoever begins it first. */
  namedAssignee: text().optional(),
  storeRef: text(),
  storeName: text(),
  address: text(),
  countryRegion: text(),
  acceptsOnlyAlipay: flag(),
  spotRefs: list<string>(),
  /** Milliseconds. */
  dueAt: number(),
  /** 1 before 2 before 3, of tasks that are due at the same time. */
  priority: number(),
};

/** For the files of `models` only. */
export const Tasks = collection('inspectiontasks', {
  id: 'taskId',
  fields: {
    ...FACTS,
    /** As the programme names it; unique in an ISO. */
    sourceKey: text(),
    isoId: text(),
    version: number(),
    /** Whose it is: named by its row, or the first who began it. */
    assigneeId: text().optional(),
    /** Who had it before; while nobody has it, who had it last: then it is offered to nobody until it is given. */
    formerId: OWNERSHIP.formerId,
    /** When it was given on last, by DingTalk's clock, milliseconds. */
    givenAt: number().optional(),
    /** Why whoever had it last gave it back, if they did. */
    givenBack: text<GiveBackReason>().optional(),
    /** Who promoted its spots: it is not offered to them. */
    promoters: list<string>(),
    state: text<InspectionState>(),
    /** Of what is submitted, or to be submitted next. */
    revision: number(),
    /** The running number of the next photo. */
    nextPhoto: number(),
    inspection: sealedValue<Inspection>('sealed'),
    /** What a photo was asked for since when, by DingTalk's clock; absent until that changed for the first time. */
    asked: value<History<PhotoSlot>>().optional(),
    /** What was wrong in what was submitted last, for the admins; undefined before. */
    findings: sealedValue<readonly Finding[]>().optional(),
    /** When it was submitted last, milliseconds. */
    submittedAt: number().optional(),
    /** The version of the programme under which it was submitted first, and is corrected; until then it follows the one in use. */
    programme: number().optional(),
    /** Until when one that was not approved can be corrected, milliseconds; gone once it is approved. */
    correctBy: number().optional(),
    /** When whoever has it in hand is told that it is due, by `clock.now()`; none once they were. */
    noticeAt: number().optional(),
    /** The file that said the facts, `20261124_001`: an older one changes nothing any more. */
    asOf: text(),
  },
  indexes: [
    [{ isoId: 1, sourceKey: 1 }, { unique: true }],
    [{ storeRef: 1, state: 1 }],
    [{ isoId: 1, assigneeId: 1, state: 1, dueAt: 1, priority: 1, taskId: 1 }],
    [{ isoId: 1, assigneeId: 1, submittedAt: -1 }],
    [{ isoId: 1, state: 1, dueAt: 1, priority: 1, taskId: 1 }],
    [{ state: 1, dueAt: 1, taskId: 1 }],
    [{ state: 1, noticeAt: 1 }, { partialFilterExpression: { noticeAt: { $exists: true } } }],
    GIVEN_ON,
  ],
});

/** A shop whose spots and payments somebody is to verify on the spot. */
export interface InspectionTask extends RecordOf<typeof Tasks> {}

export interface TaskFacts extends Pick<InspectionTask, keyof typeof FACTS> {}

/** What is known of a task before anybody has begun it. */
export type NewTask = TaskFacts &
  Pick<InspectionTask, 'taskId' | 'sourceKey' | 'isoId' | 'assigneeId' | 'promoters' | 'asOf' | 'noticeAt'>;

/** A task that nobody has begun. */
export async function addTask(task: NewTask, tx: Transaction): Promise<void> {
  const state: FirstOf<typeof INSPECTION_MOVES> = 'ASSIGNED';
  const begun = { version: 1, state, revision: 1, nextPhoto: 1, inspection: newInspection() };
  await Tasks.add({ ...task, ...begun }, { tx });
}

export async function findTask(taskId: string, tx?: Reads): Promise<InspectionTask | undefined> {
  return await Tasks.get(taskId, { tx });
}

/** What may change about a task; `null` removes. */
export type TaskChange = Changes<
  Omit<InspectionTask, 'taskId' | 'sourceKey' | 'isoId' | 'version' | keyof TaskFacts>
> & { readonly facts?: TaskFacts | undefined };

/** Compare-and-set on the version at which the task was read; a lost race otherwise (domain A.12-9). No state that cannot follow. */
export async function changeTask(
  { taskId, version, state: from }: Pick<InspectionTask, 'taskId' | 'version' | 'state'>,
  { facts, ...plain }: TaskChange,
  tx: Transaction,
): Promise<InspectionTask> {
  checkMove(INSPECTION_MOVES, { what: 'inspection', id: taskId, from, to: plain.state });
  const said = facts && { ...facts, namedAssignee: facts.namedAssignee ?? null };
  const change = { set: { ...plain, ...said }, inc: { version: 1 } };
  return mustHaveMatched(await Tasks.change({ taskId, version }, change, { tx }));
}

/** When somebody is told of it next. No step: whatever shows the task stays as it was drawn. */
export async function noteTaskNotice(
  { taskId, version }: Pick<InspectionTask, 'taskId' | 'version'>,
  noticeAt: number | null,
  tx: Transaction,
): Promise<void> {
  await Tasks.updateWithOthers([{ filter: { taskId, version }, change: { set: { noticeAt } } }], tx, {
    mustMeet: true,
  });
}

/** A later file said the same of it. */
export async function sayAsOf(taskId: string, asOf: string, tx: Transaction): Promise<void> {
  await Tasks.update({ taskId, asOf: { $lt: asOf } }, { set: { asOf } }, { tx });
}

/** A page of the tasks that are over and were due before this, the oldest first. */
export async function pastTasks(
  before: number,
  { skip, limit }: { readonly skip: number; readonly limit: number },
): Promise<readonly InspectionTask[]> {
  const filter = { state: { $in: OVER }, dueAt: { $lt: before } };
  return await Tasks.find(filter, { sort: { dueAt: 1, taskId: 1 }, skip, limit });
}

/** What was not approved can be corrected until a time of its own. */
const OVER: readonly InspectionState[] = ['APPROVED', 'REJECTED', 'EXPIRED'];

/** What no review has decided, or not for good. */
const UNDECIDED: readonly InspectionState[] = [...AT_WORK, 'SUBMITTED', 'REJECTED'];

/** Whether nobody can do anything about it any more. */
export function isPastTask(
  { state, correctBy = 0 }: Pick<InspectionTask, 'state' | 'correctBy'>,
  now: number,
): boolean {
  return OVER.includes(state) && (state !== 'REJECTED' || correctBy <= now);
}

export async function forgetTasks(taskIds: readonly string[]): Promise<number> {
  return await Tasks.removeAll({ taskId: { $in: taskIds }, state: { $in: OVER } });
}

/** The shops and spots of an ISO that somebody is to look at, or did and no review has decided yet: their photos are shown. */
export async function shopsUnderInspection(isoId: string, now: number): Promise<ReadonlySet<string>> {
  const only = ['storeRef', 'spotRefs', 'state', 'correctBy'] as const;
  const rows = await Tasks.find({ isoId, state: { $in: UNDECIDED } }, { only });
  const open = rows.filter((task) => !isPastTask(task, now));
  return new Set(open.flatMap(({ storeRef, spotRefs }) => [storeRef, ...spotRefs]));
}
