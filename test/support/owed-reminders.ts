import { DAY_MS, dayOf } from '@field/kit/calendar';
import { expect } from 'vitest';
import { database } from '../../models/database.ts';
import { addDraft, changeDraft, findDraft } from '../../models/drafts.ts';
import { addTask, changeTask, findTask } from '../../models/inspection-tasks.ts';
import { addItems, changeItems, findItems } from '../../models/items.ts';
import { inTransaction } from '../../models/transaction.ts';
import { hoursOfIso } from '../../src/daily/hours-of-iso.ts';
import { type AllowedHours, isAllowed } from '../../src/domain/allowed-hours.ts';
import { firstNoticeOf, nextNoticeOf, toldAt } from '../../src/domain/half-done.ts';
import { firstNotice, morningOf, nextNotice } from '../../src/domain/notice-times.ts';
import { newDraft } from '../../src/flow/engine.ts';
import { addIsoIn } from '../daily/landing-harness.ts';
import { seeded } from './picture-canvas.ts';
import { MARKETING_CODE_FLOW } from './shipped-programme.ts';
import { hire, NOW } from './shop-under-review.ts';
import { submittedSpot } from './submitted-spot.ts';
import { taskRow } from './task-row.ts';

const TIME_ZONE = 'Asia/Bangkok';
const DAY_MINUTES = 1_440;
const DRAFT_DAYS = [2, 14] as const;
export const KEPT_DAYS = 180;
const PEOPLE = Array.from({ length: 20 }, (_, n) => `staff${n}`);
/** Every third was put right, appealed or approved before anybody was told of it. */
const OVER = ['PENDING', 'APPROVED', 'APPEALING'] as const;

/** What twenty people are to be told of: as many failures, a quarter as many inspections and drafts, every third of each over by then. */
export function owedReminders(failures: number, seed: number) {
  const random = seeded(seed);
  const within = (days: number): number => Math.ceil(random() * days * DAY_MINUTES) * 60_000;
  const owner = (n: number): string => PEOPLE[n % PEOPLE.length] ?? '';
  const few = Math.ceil(failures / 4);
  return {
    failures: Array.from({ length: failures }, (_, n) => ({
      itemRef: `spot${n}`,
      staffId: owner(n),
      deadlineAt: NOW + 2 * DAY_MS + within(8),
      state: n % 3 === 0 ? (OVER[(n / 3) % 3] ?? 'PENDING') : ('REJECTED' as const),
    })),
    tasks: Array.from({ length: few }, (_, n) => ({
      taskId: `task${n}`,
      userId: owner(n),
      dueAt: NOW + DAY_MS + within(10),
      isOver: n % 3 === 0,
    })),
    drafts: Array.from({ length: few }, (_, n) => ({
      draftId: `draft${n}`,
      userId: owner(n),
      updatedAt: NOW - within(1),
      isOver: n % 3 === 0,
    })),
  };
}

type Owed = ReturnType<typeof owedReminders>;

export async function storeOwed({ failures, tasks, drafts }: Owed): Promise<void> {
  await addIsoIn(TIME_ZONE);
  for (const userId of PEOPLE) await hire(userId);
  const hours = await hoursOfIso('iso');
  const spots = failures.map(({ itemRef, staffId }) => submittedSpot(itemRef, { staffId, submittedAt: NOW - DAY_MS }));
  await inTransaction((tx) => addItems(spots, tx));
  const items = await findItems(failures.map(({ itemRef }) => itemRef));
  const byRef = new Map(items.map((item) => [item.itemRef, item]));
  const changes = failures.flatMap(({ itemRef, deadlineAt, state }) => {
    const item = byRef.get(itemRef);
    const noticeAt = firstNotice(NOW, deadlineAt, hours);
    return item === undefined ? [] : [{ item, change: { state, deadlineAt, noticeAt }, steps: ['REJECTED'] as const }];
  });
  await inTransaction((tx) => changeItems(changes, tx));
  for (const { taskId, userId, dueAt, isOver } of tasks) {
    const row = { ...taskRow({ isoId: 'iso', dueAt, sourceKey: taskId }), taskId, assigneeId: userId };
    const task = { ...row, promoters: [], asOf: '20261124_001', noticeAt: morningOf(dueAt, hours) };
    await inTransaction((tx) => addTask(task, tx));
    const added = isOver ? await findTask(taskId) : undefined;
    if (added === undefined) continue;
    const begun = await inTransaction((tx) => changeTask(added, { state: 'STARTED' }, tx));
    await inTransaction((tx) => changeTask(begun, { state: 'SUBMITTED' }, tx));
  }
  for (const { draftId, userId, updatedAt, isOver } of drafts) {
    const draft = { ...newDraft(MARKETING_CODE_FLOW), storeId: 'store' };
    const begun = { draftId, userId, isoId: 'iso', product: 'MARKETING_CODE', draft, updatedAt, storeKey: draftId };
    await inTransaction((tx) => addDraft(begun, tx));
    const added = isOver ? await findDraft(draftId) : undefined;
    if (added !== undefined) await inTransaction((tx) => changeDraft(added, { state: 'DISCARDED', updatedAt }, tx));
  }
}

/** Everybody has one card on each day on which anything of theirs was to be told, and none on another; nothing is left to be told. */
export async function expectToldOnce(owed: Owed): Promise<void> {
  const hours = await hoursOfIso('iso');
  const rows = database().collection<{ _id: string; viewer: string; at: number }>('cards');
  for (const userId of PEOPLE) {
    const cards = await rows.find({ viewer: userId, view: 'review.reminder' }).toArray();
    const days = cards.map(({ at }) => dayOf(at, TIME_ZONE));
    expect(new Set(days).size, userId).toBe(days.length);
    expect(cards.every(({ at }) => isAllowed(at, hours))).toBe(true);
    expect(days.sort(), userId).toEqual(daysOf(owed, userId, hours));
  }
  const cards = await rows.countDocuments({ view: 'review.reminder' });
  expect(await database().collection('outbox').countDocuments()).toBe(cards);
  for (const [name, state] of [
    ['items', 'REJECTED'],
    ['drafts', 'OPEN'],
    ['inspectiontasks', 'ASSIGNED'],
  ] as const)
    expect(
      await database()
        .collection(name)
        .countDocuments({ state, noticeAt: { $exists: true } }),
      name,
    ).toBe(0);
}

function daysOf({ failures, tasks, drafts }: Owed, userId: string, hours: AllowedHours): readonly string[] {
  const times = [
    ...failures
      .filter(({ staffId, state }) => staffId === userId && state === 'REJECTED')
      .flatMap(({ deadlineAt }) => timesOfFailure(deadlineAt, hours)),
    ...tasks
      .filter((task) => task.userId === userId && !task.isOver)
      .flatMap(({ dueAt }) => morningOf(dueAt, hours) ?? []),
    ...drafts
      .filter((draft) => draft.userId === userId && !draft.isOver)
      .flatMap(({ updatedAt }) => timesOfDraft(updatedAt, hours)),
  ];
  return [...new Set(times.map((at) => dayOf(at, TIME_ZONE)))].sort();
}

function timesOfFailure(deadlineAt: number, hours: AllowedHours): readonly number[] {
  const times: number[] = [];
  for (let at = firstNotice(NOW, deadlineAt, hours); at !== undefined; at = nextNotice(at, deadlineAt, hours))
    times.push(at);
  return times;
}

function timesOfDraft(updatedAt: number, hours: AllowedHours): readonly number[] {
  const times: number[] = [];
  const goneAt = updatedAt + KEPT_DAYS * DAY_MS;
  let noticeAt = firstNoticeOf(updatedAt, DRAFT_DAYS);
  while (noticeAt !== undefined) {
    const now = toldAt(noticeAt, updatedAt, hours) ?? 0;
    times.push(now);
    noticeAt = nextNoticeOf({ updatedAt }, { now, days: DRAFT_DAYS, goneAt }, hours);
  }
  return times;
}
