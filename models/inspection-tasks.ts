import { model, Schema } from 'mongoose';
import { INSPECTION_MOVES, type InspectionState } from '../src/domain/inspection-state.ts';
import type { FirstOf } from '../src/domain/moves.ts';
import type { Finding } from '../src/inspection/findings.ts';
import { type Inspection, newInspection } from '../src/inspection/inspection.ts';
import { checkMove } from './check-move.ts';
import { sealJson, unsealJson } from './sealing.ts';
import { mustHaveMatched, type Transaction } from './transaction.ts';

/** What a task's row says of it, and may say anew as long as nothing was submitted. */
export interface TaskFacts {
  /** Whom the row names; undefined: whoever begins it first. */
  readonly namedAssignee?: string | undefined;
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
  readonly assigneeId?: string | undefined;
  /** Who promoted its spots: it is not offered to them. */
  readonly promoters: readonly string[];
  readonly state: InspectionState;
  /** Of what is submitted, or to be submitted next. */
  readonly revision: number;
  /** The running number of the next photo. */
  readonly nextPhoto: number;
  readonly inspection: Inspection;
  /** What was wrong in what was submitted last, for the admins; undefined before. */
  readonly findings?: readonly Finding[] | undefined;
  /** When it was submitted last, milliseconds. */
  readonly submittedAt?: number | undefined;
  /** Until when one that was not approved can be corrected, milliseconds; gone once it is approved. */
  readonly correctBy?: number | undefined;
  /** The file that said the facts, `20261124_001`: an older one changes nothing any more. */
  readonly asOf: string;
}

/** What a task need not have. */
type Optional = 'namedAssignee' | 'assigneeId' | 'submittedAt' | 'correctBy';

interface TaskRow extends Omit<InspectionTask, 'taskId' | 'inspection' | 'findings' | Optional> {
  _id: string;
  namedAssignee?: string | undefined;
  assigneeId?: string | undefined;
  submittedAt?: number | undefined;
  correctBy?: number | undefined;
  sealed: string;
  sealedFindings?: string | undefined;
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
    submittedAt: Number,
    correctBy: Number,
    asOf: String,
  } as never,
  { versionKey: false },
);
schema.index({ isoId: 1, sourceKey: 1 }, { unique: true });
schema.index({ assigneeId: 1, state: 1, dueAt: 1 });
schema.index({ assigneeId: 1, submittedAt: -1 });
schema.index({ isoId: 1, state: 1, dueAt: 1 });
schema.index({ state: 1, dueAt: 1 });

/** For the files of `models` only. */
export const Tasks = model<TaskRow>('inspectiontasks', schema);

type Later = 'version' | 'state' | 'revision' | 'nextPhoto' | 'inspection' | 'findings' | 'submittedAt' | 'correctBy';
export type NewTask = Omit<InspectionTask, Later>;

/** A task that nobody has begun. */
export async function addTask(task: NewTask, tx: Transaction): Promise<void> {
  const { taskId, ...rest } = task;
  const row = { ...rest, promoters: [...rest.promoters], spotRefs: [...rest.spotRefs] };
  const state: FirstOf<typeof INSPECTION_MOVES> = 'ASSIGNED';
  const begun = {
    version: 1,
    state,
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

/** What may change about a task; `null` removes. */
export type TaskChange = Partial<
  Pick<InspectionTask, 'state' | 'revision' | 'nextPhoto' | 'inspection' | 'findings' | 'asOf' | 'promoters'> & {
    facts: TaskFacts;
    assigneeId: string | null;
    submittedAt: number;
    correctBy: number | null;
  }
>;

/** Compare-and-set on the version at which the task was read; a lost race otherwise (domain A.12-9). No state that cannot follow. */
export async function changeTask(
  task: Pick<InspectionTask, 'taskId' | 'version' | 'state'>,
  change: TaskChange,
  tx: Transaction,
): Promise<InspectionTask> {
  checkMove(INSPECTION_MOVES, { what: 'inspection', id: task.taskId, from: task.state, to: change.state });
  const { facts, inspection, findings, assigneeId, correctBy, promoters, ...plain } = change;
  const set = {
    ...plain,
    ...(promoters !== undefined && { promoters: [...promoters] }),
    ...(facts !== undefined && { ...withoutNothing({ ...facts, spotRefs: [...facts.spotRefs] }) }),
    ...(inspection !== undefined && { sealed: sealJson(inspection) }),
    ...(findings !== undefined && { sealedFindings: sealJson(findings) }),
    ...(typeof assigneeId === 'string' && { assigneeId }),
    ...(typeof correctBy === 'number' && { correctBy }),
  };
  const unset = {
    ...(assigneeId === null && { assigneeId: 1 as const }),
    ...(correctBy === null && { correctBy: 1 as const }),
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

/** For the files of `models` only. */
export function toTask(row: TaskRow): InspectionTask {
  const { _id, sealed, sealedFindings, namedAssignee, assigneeId, submittedAt, correctBy, ...rest } = row;
  return {
    taskId: _id,
    ...rest,
    namedAssignee: namedAssignee ?? undefined,
    assigneeId: assigneeId ?? undefined,
    submittedAt: submittedAt ?? undefined,
    correctBy: correctBy ?? undefined,
    inspection: unsealJson<Inspection>(sealed),
    findings: sealedFindings === undefined ? undefined : unsealJson<readonly Finding[]>(sealedFindings),
  };
}

function withoutNothing<T extends object>(values: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}
