import { bindingsOfSpots, shortOf } from '../../models/bindings.ts';
import type { CardLine } from '../../models/cards.ts';
import { changeTask, findTask, type InspectionTask, type TaskChange } from '../../models/inspection-tasks.ts';
import { findItem } from '../../models/items.ts';
import type { Person } from '../../models/people.ts';
import { inspectionBy } from '../../models/programme-in-use.ts';
import type { Reads } from '../../models/single-write.ts';
import { actedAt, type Context, type MessageContext, type TapContext } from '../../src/bot/context.ts';
import type { Refusal, SubjectHandler, VersionedSubject } from '../../src/bot/tap-subject.ts';
import { isErasedContent } from '../../src/domain/erased-content.ts';
import { isAtWork } from '../../src/domain/inspection-state.ts';
import { stateAt } from '../../src/domain/item-standing.ts';
import { begunAfter, changedTo, type History } from '../../src/domain/since.ts';
import type { Assignment, Inspection, PhotoSlot } from '../../src/inspection/inspection.ts';
import { slotAsked } from '../../src/inspection/photos.ts';
import { workState } from '../../src/inspection/place.ts';
import { sameSlot } from '../../src/inspection/slots.ts';
import { sameSubject, setCurrentWork, workAt } from '../photos/current-work.ts';
import type { Asking } from '../photos/photo-work.ts';
import { programmeOfTask } from './programme-of-task.ts';

export function subjectOf(taskId: string): { kind: 'inspection'; id: string } {
  return { kind: 'inspection', id: taskId };
}

/**
 * Whether it is this person's to inspect: named for it, or given to them; or it was never anybody's and they did not promote there
 * (domain A.12-15). What was somebody's and is in nobody's hands waits for an admin.
 */
export function isTheirs(task: InspectionTask, { userId, isoId }: Pick<Person, 'userId' | 'isoId'>): boolean {
  if (task.isoId !== isoId) return false;
  if (task.assigneeId !== undefined) return task.assigneeId === userId;
  return task.formerId === undefined && !task.promoters.includes(userId);
}

/** Whether somebody can work on it: not submitted yet, or being corrected in time. */
export async function isOpen({ taskId, state, revision }: InspectionTask, now: number, tx?: Reads): Promise<boolean> {
  if (!isAtWork(state)) return false;
  const item = revision === 1 ? undefined : await findItem(taskId, tx);
  return item === undefined || stateAt(item, now) === 'MODIFYING';
}

/** A task that somebody can work on now, with what is to be inspected. */
export interface AtHand {
  readonly task: InspectionTask;
  readonly assignment: Assignment;
}

/** The task, if it is this person's to work on at this moment. */
export async function atHand(asking: Asking, taskId: string | undefined): Promise<AtHand | undefined> {
  const { person, now, tx } = asking;
  const task = taskId === undefined ? undefined : await findTask(taskId, tx);
  if (task === undefined || !isTheirs(task, person) || !(await isOpen(task, now, tx))) return undefined;
  return { task, assignment: await assignmentOf(task, tx) };
}

/** The task that a card is about, if it is this person's to work on at this moment. */
export const OWN_TASK: VersionedSubject<AtHand> = {
  async load({ update, tx }) {
    const { subject } = update.params;
    return subject?.kind === 'inspection' ? await withAssignment(subject.id, tx) : undefined;
  },
  mayUse: (person, { task }) => isTheirs(task, person),
  isOpen: ({ now, tx }, { task }) => isOpen(task, now, tx),
  versionOf: ({ task }) => task.version,
  refuse: showRefused,
};

/** A task with what is to be inspected, whoever's it is. */
export async function withAssignment(taskId: string, tx?: Reads): Promise<AtHand | undefined> {
  const task = await findTask(taskId, tx);
  return task && { task, assignment: await assignmentOf(task, tx) };
}

/** What a task says is to be inspected, with the codes that stand at its spots as far as they are of the same ISO. */
export async function assignmentOf(task: InspectionTask, tx?: Reads): Promise<Assignment> {
  const { spotRefs, acceptsOnlyAlipay, isoId } = task;
  const bindings = await bindingsOfSpots(spotRefs, tx);
  const bound = bindings.filter((binding) => binding.isoId === isoId && binding.state === 'ACTIVE');
  const codesAt = (spotRef: string) =>
    bound
      .filter(({ spotId, code }) => spotId === spotRef && !isErasedContent(code?.canonicalUrl))
      .map((binding) => ({ hash: binding.codeHash, short: shortOf(binding) }));
  const by = await programmeOfTask(task);
  return {
    acceptsOnlyAlipay,
    programme: by.version,
    rules: inspectionBy(by),
    spots: spotRefs.map((spotRef) => ({ spotRef, codes: codesAt(spotRef) })),
  };
}

/** Stores what was said and sent. Whoever says the first thing has the task: from then on it is offered to nobody else. */
export async function saveWork(
  ctx: Context,
  { task, assignment }: AtHand,
  inspection: Inspection,
  more: Pick<TaskChange, 'nextPhoto'> = {},
): Promise<void> {
  if (inspection === task.inspection && Object.keys(more).length === 0) return;
  const { userId } = ctx.person;
  const state = workState(inspection, assignment);
  const asked = askedSince(ctx, { task, assignment }, inspection);
  // a photo that comes late for what was given on does not take it back
  const isFree = task.assigneeId === undefined && task.formerId === undefined;
  await changeTask(task, { inspection, state, asked, ...more, assigneeId: isFree ? userId : undefined }, ctx.tx);
  // a colleague who has it open sees that it is taken
  if (isFree) ctx.touchForOthers(subjectOf(task.taskId));
  if (task.state === 'ASSIGNED') ctx.audit('inspection.start', subjectOf(task.taskId), { revision: task.revision });
}

/** What a photo was asked for since when, with what the changed inspection asks. */
function askedSince(ctx: Context, { task, assignment }: AtHand, changed: Inspection): History<PhotoSlot> {
  const { inspection, asked = [] } = task;
  const [before, value] = [slotAsked(inspection, assignment), slotAsked(changed, assignment)];
  return sameSlot(before, value) ? asked : changedTo(asked, { before, value, at: actedAt(ctx), now: ctx.dingTalkNow });
}

/** Whether the person has gone on, to other work or in this one, since they wrote what comes now. */
export function wentOnSince({ person, update }: MessageContext, { task }: AtHand): boolean {
  const isOther = !sameSubject(workAt(person, update.at), subjectOf(task.taskId));
  return isOther || begunAfter(task.asked ?? [], update.at).length > 0;
}

/** The task is what the person works on now, and their working card shows where they stand in it. */
export async function showTask(ctx: Context, taskId: string, line?: CardLine): Promise<void> {
  const subject = subjectOf(taskId);
  await setCurrentWork(ctx, subject);
  ctx.show({ view: 'inspection', subject, line });
}

export type Change = (inspection: Inspection, assignment: Assignment, ctx: TapContext) => Inspection | undefined;

/** Says something about the inspection, and shows where that leads. */
export function saying(change: Change): SubjectHandler<AtHand> {
  return async (ctx, found) => {
    const { task, assignment } = found;
    await saveWork(ctx, found, change(task.inspection, assignment, ctx) ?? task.inspection);
    await showTask(ctx, task.taskId);
  };
}

/** It was submitted, moved to a colleague, expired, or changed meanwhile: the card says which. */
export async function showRefused(ctx: TapContext, refusal: Refusal<Pick<AtHand, 'task'>>): Promise<void> {
  const { subject } = ctx.update.params;
  if (subject?.kind !== 'inspection') return;
  if (refusal.why === 'stale') return await showTask(ctx, subject.id, { key: 'line.changed' });
  const frozen = refusal.why === 'over' && refusal.subject.task.state !== 'EXPIRED';
  if (ctx.person.currentWork?.id === subject.id) await setCurrentWork(ctx, undefined);
  ctx.show({ view: 'inspection', subject, line: frozen ? { key: 'line.frozen' } : undefined });
}
