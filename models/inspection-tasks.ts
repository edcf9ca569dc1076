import { model, Schema } from 'mongoose';
import type { InspectionState } from '../src/domain/inspection-state.ts';
import type { Finding } from '../src/inspection/findings.ts';
import { type Inspection, newInspection } from '../src/inspection/inspection.ts';
import { sealJson, unsealJson } from './sealing.ts';
import { mustHaveMatched, type Transaction } from './transaction.ts';

/** What a task's row says of it, and may say anew as long as nothing was submitted. */
export interface TaskFacts {
  /** Whom the row names; undefined: whoever begins it first. */
  readonly namedAssignee: string | undefined;
  readonly storeRef: string;
  readonly storeName: string;
  readonly address: string;
  readonly countryRegion: string;
  readonly acceptsOnlyAlipay: boolean;
  readonly spotRefs: readonly string[];
  /** Milliseconds. */
  readonly dueAt: number;
  /** 1 before 2 before 3, of tasks that are due at the same time. */
  readonly priority: number;
}

/** A shop whose spots and payments somebody is to verify on the spot. */
export interface InspectionTask extends TaskFacts {
  readonly taskId: string;
  /** As the programme names it; unique in an ISO. */
  readonly sourceKey: string;
  readonly isoId: string;
  readonly version: number;
  /** Whose it is: named by its row, or the first who began it. */
  readonly assigneeId: string | undefined;
  /** Who promoted its spots: it is not offered to them. */
  readonly promoters: readonly string[];
  readonly state: InspectionState;
  /** Of what is submitted, or to be submitted next. */
  readonly revision: number;
  /** The running number of the next photo. */
  readonly nextPhoto: number;
  readonly inspection: Inspection;
  /** What was wrong in what was submitted last, for the admins; undefined before. */
  readonly findings: readonly Finding[] | undefined;
  /** The file that said the facts, `20261124_001`: an older one changes nothing any more. */
  readonly asOf: string;
}

interface TaskRow extends Omit<InspectionTask, 'taskId' | 'namedAssignee' | 'assigneeId' | 'inspection' | 'findings'> {
  _id: string;
  namedAssignee?: string;
  assigneeId?: string;
  sealed: string;
  sealedFindings?: string;
}

const schema = new Schema<TaskRow>(
  {
    _id: String,
    sourceKey: String,
    isoId: String,
    version: Number,
    namedAssignee: String,
    assigneeId: String,
    promoters: [String],
    storeRef: String,
    storeName: String,
    address: String,
    countryRegion: String,
    acceptsOnlyAlipay: Boolean,
    spotRefs: [String],
    dueAt: Number,
    priority: Number,
    state: String,
    revision: Number,
    nextPhoto: Number,
    sealed: String,
    sealedFindings: String,
    asOf: String,
  } as never,
  { versionKey: false },
);
schema.index({ isoId: 1, sourceKey: 1 }, { unique: true });
schema.index({ assigneeId: 1, state: 1, dueAt: 1 });
schema.index({ isoId: 1, state: 1, dueAt: 1 });
schema.index({ state: 1, dueAt: 1 });

const Tasks = model<TaskRow>('inspectiontasks', schema);

export type NewTask = Omit<InspectionTask, 'version' | 'state' | 'revision' | 'nextPhoto' | 'inspection' | 'findings'>;

/** A task that nobody has begun. */
export async function addTask(task: NewTask, tx: Transaction): Promise<void> {
  const { taskId, ...rest } = task;
  const row = { ...rest, promoters: [...rest.promoters], spotRefs: [...rest.spotRefs] };
  const begun = {
    version: 1,
    state: 'ASSIGNED',
    revision: 1,
    nextPhoto: 1,
    sealed: sealJson(newInspection()),
  } as const;
  await Tasks.create([{ _id: taskId, ...withoutNothing(row), ...begun }], { session: tx });
}

export async function findTask(taskId: string, tx?: Transaction): Promise<InspectionTask | undefined> {
  const row = await Tasks.findById(taskId)
    .session(tx ?? null)
    .lean();
  return row === null ? undefined : toTask(row);
}

/** An ISO's tasks in these states, what is due first at the top. */
export async function tasksOfIso(
  isoId: string,
  states: readonly InspectionState[],
): Promise<readonly Pick<InspectionTask, 'taskId' | 'storeName' | 'assigneeId' | 'dueAt' | 'state'>[]> {
  const wanted = { storeName: 1, assigneeId: 1, dueAt: 1, state: 1 } as const;
  const rows = await Tasks.find({ isoId, state: { $in: [...states] } }, wanted)
    .sort({ dueAt: 1, priority: 1, _id: 1 })
    .lean();
  return rows.map(({ _id, storeName, assigneeId, dueAt, state }) => ({
    ...{ taskId: _id, storeName, assigneeId, dueAt, state },
  }));
}

/** Whose tasks, and how far they are. */
interface WhichTasks {
  readonly userId: string;
  readonly isoId: string;
  readonly states: readonly InspectionState[];
}

/** The person's own tasks, and those of their ISO that nobody has and that they did not promote: the most urgent first. */
export async function tasksFor(
  which: WhichTasks,
  page: { readonly skip: number; readonly limit: number },
): Promise<readonly InspectionTask[]> {
  const rows = await Tasks.find(offeredTo(which))
    .sort({ dueAt: 1, priority: 1, _id: 1 })
    .skip(page.skip)
    .limit(page.limit)
    .lean();
  return rows.map(toTask);
}

export async function countTasksFor(which: WhichTasks): Promise<number> {
  return await Tasks.countDocuments(offeredTo(which));
}

function offeredTo({ userId, isoId, states }: WhichTasks) {
  const free = { assigneeId: { $exists: false }, promoters: { $nin: [userId] } };
  return { isoId, state: { $in: [...states] }, $or: [{ assigneeId: userId }, free] };
}

/** Tasks that nobody submitted and that were due before this, milliseconds. */
export async function tasksDueBefore(
  at: number,
  states: readonly InspectionState[],
  limit: number,
): Promise<readonly InspectionTask[]> {
  const rows = await Tasks.find({ state: { $in: [...states] }, revision: 1, dueAt: { $lt: at } })
    .limit(limit)
    .lean();
  return rows.map(toTask);
}

/** What may change about a task; `null` removes. */
export type TaskChange = Partial<
  Pick<InspectionTask, 'state' | 'revision' | 'nextPhoto' | 'inspection' | 'findings' | 'asOf' | 'promoters'> & {
    facts: TaskFacts;
    assigneeId: string | null;
  }
>;

/** Compare-and-set on the version at which the task was read; a lost race otherwise (A.12-9). */
export async function changeTask(
  task: Pick<InspectionTask, 'taskId' | 'version'>,
  change: TaskChange,
  tx: Transaction,
): Promise<InspectionTask> {
  const { facts, inspection, findings, assigneeId, promoters, ...plain } = change;
  const set = {
    ...plain,
    ...(promoters !== undefined && { promoters: [...promoters] }),
    ...(facts !== undefined && { ...withoutNothing({ ...facts, spotRefs: [...facts.spotRefs] }) }),
    ...(inspection !== undefined && { sealed: sealJson(inspection) }),
    ...(findings !== undefined && { sealedFindings: sealJson(findings) }),
    ...(typeof assigneeId === 'string' && { assigneeId }),
  };
  const unset = {
    ...(assigneeId === null && { assigneeId: 1 as const }),
    ...(facts !== undefined && facts.namedAssignee === undefined && { namedAssignee: 1 as const }),
  };
  const row = await Tasks.findOneAndUpdate(
    { _id: task.taskId, version: task.version },
    {
      ...(Object.keys(set).length > 0 && { $set: set }),
      ...(Object.keys(unset).length > 0 && { $unset: unset }),
      $inc: { version: 1 },
    },
    { returnDocument: 'after', session: tx },
  ).lean();
  return toTask(mustHaveMatched(row));
}

/** A later file said the same of it. */
export async function sayAsOf(taskId: string, asOf: string, tx: Transaction): Promise<void> {
  await Tasks.updateOne({ _id: taskId, asOf: { $lt: asOf } }, { $set: { asOf } }, { session: tx });
}

function toTask(row: TaskRow): InspectionTask {
  const { _id, sealed, sealedFindings, namedAssignee, assigneeId, ...rest } = row;
  return {
    taskId: _id,
    ...rest,
    namedAssignee: namedAssignee ?? undefined,
    assigneeId: assigneeId ?? undefined,
    inspection: unsealJson<Inspection>(sealed),
    findings: sealedFindings === undefined ? undefined : unsealJson<readonly Finding[]>(sealedFindings),
  };
}

function withoutNothing<T extends object>(values: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}
