import { DAY_MS, dayAfter, dayOf, instantOf } from '@field/kit/calendar';
import type { StoredDraft } from '../../models/drafts.ts';
import { type InspectionTask, noteTaskNotice } from '../../models/inspection-tasks.ts';
import { itemsInHand } from '../../models/item-queries.ts';
import type { Item } from '../../models/item-rows.ts';
import { changeItems } from '../../models/items.ts';
import { type LeftDraft, leftDraftsOf, noteNotice, openDraftsAmong } from '../../models/left-drafts.ts';
import { currentProgramme } from '../../models/programme-in-use.ts';
import { readAll } from '../../models/read-together.ts';
import { tasksInHand } from '../../models/task-lists.ts';
import type { Transaction } from '../../models/transaction.ts';
import type { AllowedHours } from '../../src/domain/allowed-hours.ts';
import { firstNoticeOf, nextNoticeOf, toldAt } from '../../src/domain/half-done.ts';
import { nextNotice } from '../../src/domain/notice-times.ts';
import { LAPSING } from '../../src/domain/review-state.ts';
import { itemsToDo } from '../review/items-to-do.ts';
import { isToInspect } from './due-tasks.ts';
import { isLeft } from './left-work.ts';

/** Of whom, where and when. */
export interface WhoseNotices {
  readonly userId: string;
  readonly isoId: string;
  readonly now: number;
  /** The ISO's. */
  readonly hours: AllowedHours;
}

/** What waits for a person, of that of which they are to be told today; failures and inspections with what is most urgent first. */
export interface WaitingWork {
  readonly failures: readonly Item[];
  readonly inspections: readonly InspectionTask[];
  readonly drafts: readonly StoredDraft[];
}

/** All of which a person is to be told today, by the calendar of the ISO: whatever is due in the course of it. */
export interface DueWork {
  /** What waits for the person still: not put right, submitted or lapsed meanwhile. */
  readonly waiting: WaitingWork;
  /** All of it, to be noted as told. */
  readonly due: {
    readonly failures: readonly Item[];
    readonly inspections: readonly InspectionTask[];
    readonly drafts: readonly LeftDraft[];
  };
  /** When the first of it was to be told. */
  readonly firstAt: number;
}

export async function dueWork(whose: WhoseNotices, tx: Transaction): Promise<DueWork> {
  const { userId, isoId, now, hours } = whose;
  const { timeZone } = hours;
  const tomorrow = instantOf(dayAfter(dayOf(now, timeZone)), 0, timeZone);
  const [items, tasks, left] = await readAll(
    () => itemsInHand(userId, [...LAPSING, 'APPEALING'], tx),
    () => tasksInHand(userId, { isoId, now }, tx),
    () => leftDraftsOf(userId, tx),
  );
  const failures = items.filter(({ noticeAt = Infinity }) => noticeAt < tomorrow);
  const inspections = tasks.filter(({ noticeAt = Infinity }) => noticeAt < tomorrow);
  const drafts = left.filter((draft) => draft.isoId === isoId && draftDueAt(draft, hours) < tomorrow);
  const times = [...failures, ...inspections].map(({ noticeAt = Infinity }) => noticeAt);
  return {
    due: { failures, inspections, drafts },
    waiting: await stillWaiting(whose, { failures, inspections, drafts }, tx),
    firstAt: Math.min(...times, ...drafts.map((draft) => draftDueAt(draft, hours))),
  };
}

async function stillWaiting({ userId, now }: WhoseNotices, due: DueWork['due'], tx: Transaction): Promise<WaitingWork> {
  const refs = new Set(due.failures.map(({ itemRef }) => itemRef));
  const toDo = refs.size === 0 ? [] : await itemsToDo(userId, now, tx);
  const inspections: InspectionTask[] = [];
  for (const task of due.inspections) if (await isToInspect(task, now, tx)) inspections.push(task);
  const { halfDone } = currentProgramme().programme.reminders;
  const ids = halfDone.length === 0 ? [] : due.drafts.map(({ draftId }) => draftId);
  return {
    failures: toDo.filter(({ itemRef }) => refs.has(itemRef)),
    inspections,
    drafts: (await openDraftsAmong(ids, userId, tx)).filter(isLeft),
  };
}

/** When a draft is told of next; a step that a release before this one noted moves it, too. */
export function draftDueAt({ noticeAt = Infinity, updatedAt }: LeftDraft, hours: AllowedHours): number {
  const first = firstNoticeOf(updatedAt, currentProgramme().programme.reminders.halfDone);
  return first === undefined ? noticeAt : (toldAt(Math.max(noticeAt, first), updatedAt, hours) ?? Infinity);
}

export function isNothing({ failures, inspections, drafts }: WaitingWork): boolean {
  return failures.length + inspections.length + drafts.length === 0;
}

/** From now on each is due when it is to be told next. `told`: what the person was told of indeed; `draftsDays`: how long a draft is kept. */
export async function noteTold(
  { due, waiting }: Pick<DueWork, 'due' | 'waiting'>,
  { now, hours, draftsDays }: Pick<WhoseNotices, 'now' | 'hours'> & { readonly draftsDays: number },
  tx: Transaction,
): Promise<void> {
  await noteFailures(due.failures, now, hours, tx);
  for (const task of due.inspections) await noteTaskNotice(task, null, tx);
  const told = new Set(waiting.drafts.map(({ draftId }) => draftId));
  for (const draft of due.drafts) {
    const { draftId, updatedAt: of } = draft;
    const keptUntil = of + draftsDays * DAY_MS;
    const days = currentProgramme().programme.reminders.halfDone;
    const noticeAt = nextNoticeOf(draft, { now, days, goneAt: keptUntil }, hours) ?? null;
    await noteNotice(draft, { noticeAt, told: told.has(draftId) ? { of, keptUntil } : undefined }, tx);
  }
}

export async function noteFailures(
  items: readonly Item[],
  now: number,
  hours: AllowedHours,
  tx: Transaction,
): Promise<void> {
  const changes = items.map((item) => ({ item, change: { noticeAt: noticeAfter(item, now, hours) ?? null } }));
  await changeItems(changes, tx);
}

/** When a failure is told of next if it is told of now. */
export function noticeAfter({ deadlineAt = 0 }: Item, now: number, hours: AllowedHours): number | undefined {
  return nextNotice(now, deadlineAt, hours);
}
