import { derivedId } from '@field/kit/ids';
import { addAudit } from '../../models/audit.ts';
import { type CardLine, touchCards } from '../../models/cards.ts';
import {
  addTask,
  changeTask,
  findTask,
  type InspectionTask,
  sayAsOf,
  type TaskFacts,
} from '../../models/inspection-tasks.ts';
import { findIso } from '../../models/isos.ts';
import { findItem, itemsOfStores } from '../../models/items.ts';
import { mayInspect } from '../../models/may-inspect.ts';
import { findPerson } from '../../models/people.ts';
import { flowOf } from '../../models/programme-in-use.ts';
import { sendRecord } from '../../models/record-cards.ts';
import { findSpots } from '../../models/spots.ts';
import { findStore } from '../../models/stores.ts';
import type { Transaction } from '../../models/transaction.ts';
import type { Audited } from '../domain/audited.ts';
import type { Product } from '../domain/flows/definition.ts';
import { INSPECTION_MOVES, isAtWork } from '../domain/inspection-state.ts';
import { canMove } from '../domain/moves.ts';
import { morningOf } from '../domain/notice-times.ts';
import type { RowOutcome } from '../domain/review-decision.ts';
import type { ReviewState } from '../domain/review-state.ts';
import { fieldThatIs } from '../flow/roles.ts';
import { newInspection } from '../inspection/inspection.ts';
import { hoursOfIso } from './hours-of-iso.ts';
import type { Foreseen } from './incoming/foreseen.ts';

/** One row of `inspection-tasks_*.csv`, read. */
export interface TaskRow extends TaskFacts {
  readonly sourceKey: string;
  readonly isoId: string;
}

/** Which file a row stands in, and when it is applied. */
export interface LandedFrom {
  /** Day and number of the file, `20261124_001`: comparable, later ones know better. */
  readonly asOf: string;
  /** Milliseconds. */
  readonly now: number;
  /** The file's name. */
  readonly cause: string;
  /** Where the row begins in it, the header being line 1. */
  readonly row?: number | undefined;
}

export interface TaskLanding {
  readonly outcome: RowOutcome;
  readonly reason?: string | undefined;
}

/**
 * Brings one row into the tasks (domain A.11). The same row again changes nothing. Another assignee has the task from then on
 * and begins afresh; whoever worked on it is told. A row that names whoever promoted that shop names nobody, while there is somebody else. Other facts are taken over until something was submitted.
 */
export async function landTask(row: TaskRow, from: LandedFrom, tx: Transaction): Promise<TaskLanding> {
  const { landing, does, facts, task } = await decideTask(row, from, { tx });
  const { sourceKey, isoId } = row;
  if (does === 'begin') await beginTask({ ...facts, sourceKey, isoId }, from, tx);
  if (does === 'say' && task !== undefined) await sayAsOf(task.taskId, from.asOf, tx);
  if (does === 'takeOver' && task !== undefined) await takeOver(task, facts, from, tx);
  return landing;
}

/** What `landTask` would answer where the rows before had left this, with what it would leave added to it; nothing is changed. */
export async function foreseeTask(row: TaskRow, from: LandedFrom, foreseen: Foreseen): Promise<TaskLanding> {
  const taskId = taskIdOf(row.isoId, row.sourceKey);
  const { landing, does, facts, task } = await decideTask(row, from, { foreseen: foreseen.tasks });
  if (does === 'nothing') return landing;
  const before = foreseen.tasks.get(taskId)?.asOf ?? task?.asOf ?? '';
  const [, asOf = from.asOf] = [before, from.asOf].sort();
  foreseen.tasks.set(taskId, { ...facts, asOf });
  if (does !== 'takeOver' || task === undefined) return landing;
  const { isTaken } = await takenOver(task, facts);
  if (isTaken && task.assigneeId !== undefined) foreseen.taken.push({ taskId, userId: task.assigneeId });
  return landing;
}

/** What a row comes to, and with which task it does what. */
interface DecidedTask {
  readonly landing: TaskLanding;
  readonly does: 'nothing' | 'say' | 'begin' | 'takeOver';
  readonly facts: TaskFacts;
  /** As it is stored. */
  readonly task?: InspectionTask | undefined;
}

async function decideTask(
  row: TaskRow,
  from: LandedFrom,
  { tx, foreseen }: { tx?: Transaction; foreseen?: Foreseen['tasks'] },
): Promise<DecidedTask> {
  const { sourceKey, isoId, ...said } = row;
  const facts = { ...said, spotRefs: [...new Set(said.spotRefs)] };
  const nothing = (outcome: RowOutcome, reason: string): DecidedTask => ({
    landing: { outcome, reason },
    does: 'nothing',
    facts,
  });
  const refused = await whyUnmatched(row, tx);
  if (refused !== undefined) return nothing('unmatched', refused);
  const taskId = taskIdOf(isoId, sourceKey);
  const task = await findTask(taskId, tx);
  const known = foreseen?.get(taskId) ?? task;
  if (known === undefined) return { landing: { outcome: 'applied' }, does: 'begin', facts };
  if (saysTheSame(known, facts))
    return { landing: { outcome: 'unchanged', reason: 'knownAlready' }, does: 'say', facts, task };
  if (from.asOf < known.asOf) return nothing('superseded', 'olderFile');
  if (from.asOf === known.asOf) return nothing('conflict', 'twoRowsAtOnce');
  if (task !== undefined && (task.revision > 1 || !(isAtWork(task.state) || task.state === 'EXPIRED')))
    return nothing('superseded', 'submittedAlready');
  return { landing: { outcome: 'applied' }, does: 'takeOver', facts, task };
}

/** A task's id follows from its name in its ISO. */
export function taskIdOf(isoId: string, sourceKey: string): string {
  return derivedId('inspection', isoId, sourceKey).slice(0, 32);
}

/** A review row judged the inspection: its task follows, with the time until which it can be corrected, and its cards show it. */
export async function inspectionJudged(
  taskId: string,
  judged: ReviewState,
  from: Pick<LandedFrom, 'now' | 'cause' | 'row'>,
  tx: Transaction,
): Promise<void> {
  const task = await findTask(taskId, tx);
  if (task === undefined) return;
  await touchCards({ kind: 'inspection', id: taskId }, tx);
  const to =
    judged === 'APPROVED' ? judged : judged === 'REJECTED' || judged === 'INVALIDATED' ? 'REJECTED' : undefined;
  if (to === undefined) return;
  const deadlineAt = to === 'APPROVED' ? undefined : (await findItem(taskId, tx))?.deadlineAt;
  // said again, and perhaps with more time
  const isSaidAgain = to === 'REJECTED' && task.state === to && task.correctBy !== deadlineAt;
  if (!isSaidAgain && !canMove(INSPECTION_MOVES, task.state, to)) return;
  // a correction that was begun is not needed any more: what was submitted stands
  const corrected = to === 'APPROVED' && isAtWork(task.state) && task.revision > 1;
  const noticeAt = (await noticeOf(task.isoId, deadlineAt, from.now, tx)) ?? null;
  const change = { state: to, correctBy: deadlineAt ?? null, noticeAt } as const;
  await changeTask(task, { ...change, revision: corrected ? task.revision - 1 : undefined }, tx);
  await audit(task, 'inspection.judged', from, tx);
}

async function whyUnmatched(
  { isoId, namedAssignee }: TaskRow,
  tx: Transaction | undefined,
): Promise<string | undefined> {
  if ((await findIso(isoId, tx)) === undefined) return 'isoUnknown';
  if (namedAssignee === undefined) return undefined;
  const assignee = await findPerson(namedAssignee, tx);
  // of who has left the ISO a file may not know yet: the task is the ISO's all the same
  return assignee?.isoId === isoId || assignee?.formerIso?.isoId === isoId ? undefined : 'assigneeUnknown';
}

async function beginTask(row: TaskRow, from: LandedFrom, tx: Transaction): Promise<void> {
  const taskId = taskIdOf(row.isoId, row.sourceKey);
  const known = await knownHere(row.isoId, row, tx);
  const assigneeId = await namedFor({ isoId: row.isoId, ...known }, row, tx);
  const noticeAt = await noticeOf(row.isoId, row.dueAt, from.now, tx);
  const task = { ...row, taskId, assigneeId, asOf: from.asOf, ...known, noticeAt };
  await addTask(task, tx);
  // the menu says what is due
  if (assigneeId !== undefined) await touchCards({ kind: 'person', id: assigneeId }, tx);
  await audit(task, 'inspection.assign', from, tx);
}

/** Who has a task from now on that a row says anew, and whether it is taken from somebody who had begun it. */
async function takenOver(task: InspectionTask, facts: TaskFacts, tx?: Transaction) {
  const begun = task.state !== 'ASSIGNED' && task.state !== 'EXPIRED';
  const { promoters, spotRefs } = await knownHere(task.isoId, facts, tx);
  const named = await namedFor({ isoId: task.isoId, promoters }, facts, tx);
  // a row that names nobody, or whom the last one named, leaves the task with whoever is at work on it, or was given it here
  const isNews = facts.namedAssignee !== task.namedAssignee;
  const stays = begun || task.formerId !== undefined;
  const assigneeId = (isNews || !stays ? named : undefined) ?? (stays ? task.assigneeId : undefined);
  const moved = task.assigneeId !== undefined && task.assigneeId !== assigneeId;
  return { promoters, spotRefs, assigneeId, begun, moved, isTaken: moved && begun };
}

async function takeOver(task: InspectionTask, facts: TaskFacts, from: LandedFrom, tx: Transaction): Promise<void> {
  const { promoters, spotRefs, assigneeId, begun, moved, isTaken } = await takenOver(task, facts, tx);
  // what was seen by somebody else, or before it expired, says nothing of today
  const afresh = moved || task.state === 'EXPIRED';
  const isDueAnew = afresh || task.dueAt !== facts.dueAt;
  const noticeAt = isDueAnew ? ((await noticeOf(task.isoId, facts.dueAt, from.now, tx)) ?? null) : undefined;
  await changeTask(
    task,
    {
      facts: { ...facts, spotRefs },
      promoters,
      asOf: from.asOf,
      assigneeId: assigneeId ?? null,
      // whoever is at work sees what is asked anew
      state: begun && !moved ? 'STARTED' : 'ASSIGNED',
      inspection: afresh ? newInspection() : undefined,
      givenBack: assigneeId === undefined ? undefined : null,
      noticeAt,
    },
    tx,
  );
  await touchCards({ kind: 'inspection', id: task.taskId }, tx);
  await audit(task, moved ? 'inspection.reassign' : 'inspection.update', from, tx);
  if (!isTaken || task.assigneeId === undefined) return;
  const told = {
    to: task.assigneeId,
    kind: 'line',
    view: 'line',
    subject: { kind: 'inspection', id: task.taskId },
  } as const;
  const line: CardLine = { key: 'line.taskMoved', args: { shop: task.storeName } };
  await sendRecord({ ...told, intent: derivedId('taskMoved', task.taskId, from.asOf), line }, from.now, tx);
}

/** When whoever has it in hand is told that it is due then; of what is over nobody is. */
async function noticeOf(
  isoId: string,
  dueAt: number | undefined,
  now: number,
  tx: Transaction,
): Promise<number | undefined> {
  return dueAt === undefined || dueAt <= now ? undefined : morningOf(dueAt, await hoursOfIso(isoId, tx));
}

/** Whom a row names, unless they have left the ISO, or promoted there and somebody else is at work. */
async function namedFor(
  task: Pick<InspectionTask, 'promoters' | 'isoId'>,
  { namedAssignee }: Pick<TaskFacts, 'namedAssignee'>,
  tx: Transaction | undefined,
): Promise<string | undefined> {
  if (namedAssignee === undefined || !(await mayInspect(task, namedAssignee, tx))) return undefined;
  return (await findPerson(namedAssignee, tx))?.isoId === task.isoId ? namedAssignee : undefined;
}

/** What is known here of a task's shop, as far as it is this ISO's: who promoted it, and the order in which one walks by its spots. */
async function knownHere(
  isoId: string,
  { storeRef, spotRefs }: Pick<TaskFacts, 'storeRef' | 'spotRefs'>,
  tx: Transaction | undefined,
): Promise<Pick<InspectionTask, 'promoters' | 'spotRefs'>> {
  const spots = (await findSpots(spotRefs, tx)).filter((spot) => spot.isoId === isoId);
  const places = placesOf(spots.map(({ product }) => product));
  const inOrder = [...spots].sort(
    (one, other) => places.indexOf(one.spotType) - places.indexOf(other.spotType) || one.number - other.number,
  );
  const ours = inOrder.map(({ spotId }) => spotId);
  const ordered = [...ours, ...spotRefs.filter((spotRef) => !ours.includes(spotRef))];
  const storeIds = [...new Set([storeRef, ...spots.map(({ storeId }) => storeId)])];
  const sent = (await itemsOfStores(storeIds, tx)).filter(
    (item) => item.isoId === isoId && item.itemType !== 'INSPECTION',
  );
  const store = await findStore(storeRef, tx);
  const began = store?.isoId === isoId ? [store.createdBy] : [];
  const promoters = [...began, ...spots.map(({ staffId }) => staffId), ...sent.map(({ staffId }) => staffId)];
  return { promoters: [...new Set(promoters)], spotRefs: ordered };
}

/** Places in the order in which these products name them: the cashier first. */
function placesOf(products: readonly Product[]): readonly string[] {
  return [...new Set(products)].flatMap(
    (product) => fieldThatIs({ flow: flowOf(product) }, 'spotType')?.field.options ?? [],
  );
}

function saysTheSame(task: TaskFacts, facts: TaskFacts): boolean {
  const said = (one: TaskFacts): string =>
    JSON.stringify([
      one.namedAssignee ?? '',
      one.storeRef,
      one.storeName,
      one.address,
      one.countryRegion,
      one.acceptsOnlyAlipay,
      [...one.spotRefs].sort(),
      one.dueAt,
      one.priority,
    ]);
  return said(task) === said(facts);
}

async function audit(
  { taskId, isoId }: { taskId: string; isoId: string },
  what: Audited,
  { now, cause, row }: Pick<LandedFrom, 'now' | 'cause' | 'row'>,
  tx: Transaction,
): Promise<void> {
  await addAudit([{ at: now, by: 'system', isoId, what, subject: { kind: 'inspection', id: taskId }, cause, row }], tx);
}
