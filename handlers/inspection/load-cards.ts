import { DAY_MS, dayOf } from '@field/kit/calendar';
import type { DueModel } from '../../cards/inspection/due.ts';
import { MOST_COUNTED } from '../../cards/inspection/shown-count.ts';
import type { TaskListModel, TaskRowModel } from '../../cards/inspection/tasks.ts';
import { openAskOf } from '../../models/account-asks.ts';
import { findTask, type InspectionTask } from '../../models/inspection-tasks.ts';
import { findIso } from '../../models/isos.ts';
import type { Item } from '../../models/item-rows.ts';
import { findItem } from '../../models/items.ts';
import { findPerson, type Person } from '../../models/people.ts';
import { photosAt } from '../../models/place-photos.ts';
import type { Reads } from '../../models/single-write.ts';
import { countSubmittedBy, countTasksFor, tasksFor, tasksSubmittedBy } from '../../models/task-lists.ts';
import { accountOf } from '../../models/test-accounts.ts';
import { type LoadCard, OLD_CARD } from '../../src/delivery/render-cards.ts';
import { stateAt } from '../../src/domain/item-standing.ts';
import { photosBeingChecked } from '../../src/inspection/slots.ts';
import { mayRead } from '../review/item-at-hand.ts';
import { reasonsOfItem } from '../review/reasons-of-item.ts';
import { drawnInspection, picturesSoon } from './draw-inspection.ts';
import { doneParts } from './draw-parts.ts';
import { inspectedShop, spotIn, spotsToInspect } from './inspected-shop.ts';
import { programmeOfTask } from './programme-of-task.ts';
import { assignmentOf, isOpen, isTheirs } from './task-at-hand.ts';

const PAGE = 6;
/** Further on nobody ever has a task. */
const MOST_PAGES = 1_000;

/** *Spot Inspection*: how many wait, and the most urgent one. */
export const loadInspections: LoadCard = async (_card, viewer, now, seen) => {
  const whose = { userId: viewer.userId, isoId: viewer.isoId ?? '', now };
  const [timeZone, [first], count, account] = await Promise.all([
    timeZoneOf(viewer, seen),
    tasksFor(whose, { skip: 0, limit: 1 }),
    countTasksFor(whose, MOST_COUNTED + 1),
    accountOf(viewer.userId, whose.isoId),
  ]);
  return {
    name: 'inspection.home',
    model: {
      count,
      account: account !== undefined,
      timeZone,
      first: first && { shop: first.storeName, ...dueOf(first, now, timeZone) },
    },
    version: 0,
  };
};

/** *Verification Tasks*, those that are begun for their payment, or what was submitted; the front of the first one is had ready. */
export function loadTaskList(of: TaskListModel['of']): LoadCard {
  return async (card, viewer, now, seen) => {
    const whose = { userId: viewer.userId, isoId: viewer.isoId ?? '', now, begun: of === 'payments' };
    const pageFrom = (wanted: number) => {
      const slice = { skip: (wanted - 1) * PAGE, limit: PAGE };
      return of === 'submitted' ? tasksSubmittedBy(whose, slice) : tasksFor(whose, slice);
    };
    const asked = Math.min(Math.max(1, Number.parseInt(card.subject.id, 10) || 1), MOST_PAGES);
    const [timeZone, count, found] = await Promise.all([
      timeZoneOf(viewer, seen),
      of === 'submitted' ? countSubmittedBy(whose) : countTasksFor(whose, MOST_COUNTED + 1),
      pageFrom(asked),
    ]);
    const listed = of === 'submitted' ? count : Math.min(count, MOST_COUNTED);
    const pages = Math.max(1, Math.ceil(listed / PAGE));
    const page = Math.min(asked, pages);
    const tasks = page === asked ? found : await pageFrom(page);
    const [first] = tasks;
    return {
      name: 'inspection.tasks',
      model: { of, count, page, pages, timeZone, tasks: tasks.map((task) => rowOf(task, now, timeZone)) },
      version: 0,
      soon: of !== 'tasks' || first === undefined ? [] : await frontOf(first),
    };
  };
}

function rowOf(task: InspectionTask, now: number, timeZone: string): TaskRowModel {
  const { taskId, storeName: shop, address, state, revision, submittedAt } = task;
  const result = state === 'APPROVED' ? 'approved' : state === 'SUBMITTED' ? 'inReview' : 'rejected';
  return {
    taskId,
    shop,
    address,
    ...dueOf(task, now, timeZone),
    submitted: submittedAt === undefined ? undefined : { at: submittedAt, result },
    again: state === 'REJECTED' || revision > 1,
  };
}

/** Where the person stands in an inspection; once it was submitted, its record. */
export const loadInspection: LoadCard = async (card, viewer, now, seen) => {
  const task = await findTask(card.subject.id, seen);
  if (task === undefined || task.isoId !== viewer.isoId) return gone('unknown');
  if (!isTheirs(task, viewer)) return gone('moved', task.storeName);
  if (task.state === 'EXPIRED') return gone('expired', task.storeName);
  if (!(await isOpen(task, now, seen))) return await loadInspectionRecord(card, viewer, now, seen);
  const [assignment, programme, shop, account, ask, timeZone] = await Promise.all([
    assignmentOf(task, seen),
    programmeOfTask(task),
    inspectedShop(task, seen),
    accountOf(viewer.userId, task.isoId),
    openAskOf(viewer.userId, task.isoId),
    timeZoneOf(viewer, seen),
  ]);
  const drawn = { task, assignment, programme, shop, account, ask, timeZone };
  return {
    ...drawnInspection(drawn),
    version: task.version,
    soon: picturesSoon(drawn),
    line: photosBeingChecked(task.inspection).length > 0 ? { key: 'notice.checking' } : undefined,
  };
};

/** Why a task is given back; where it cannot be any more, how it stands. */
export const loadGiveBack: LoadCard = async (card, viewer, now, seen) => {
  const task = await findTask(card.subject.id, seen);
  if (task === undefined || !isTheirs(task, viewer) || !(await isOpen(task, now, seen)))
    return await loadInspection(card, viewer, now, seen);
  return { name: 'inspection.giveBack', model: { shop: task.storeName }, version: task.version };
};

/** *Submitted*, and the next day on the same card what came of it. */
export const loadInspectionRecord: LoadCard = async (card, viewer, now, seen) => {
  const { id } = card.subject;
  const [task, item, timeZone] = await Promise.all([findTask(id, seen), findItem(id, seen), timeZoneOf(viewer, seen)]);
  if (task === undefined || item === undefined || !mayRead(viewer, item)) return gone('unknown');
  const [assignment, programme, shop] = await Promise.all([
    assignmentOf(task, seen),
    programmeOfTask(task),
    inspectedShop(task, seen),
  ]);
  const { judgement } = item;
  const against = judgement !== undefined && judgement.decision !== 'APPROVED' ? judgement : undefined;
  return {
    name: 'inspection.submitted',
    model: {
      shop: task.storeName,
      spots: task.spotRefs.length,
      now,
      timeZone,
      state: recordState(task, item, now),
      // data is one day late (the guide)
      resultsFrom: item.submittedAt + DAY_MS,
      reason: against === undefined ? undefined : (await reasonsOfItem(item))[0],
      words: against?.text,
      deadlineAt: item.deadlineAt,
      parts: doneParts({ task, assignment, programme, shop }),
    },
    programme,
    version: task.version,
  };
};

function recordState({ state }: InspectionTask, item: Item, now: number) {
  if (state === 'APPROVED') return 'approved';
  if (state === 'SUBMITTED') return 'inReview';
  if (stateAt(item, now) === 'LAPSED') return 'lapsed';
  if (item.judgement?.remedy === 'NONE') return 'final';
  return state === 'REJECTED' ? 'rejected' : 'correcting';
}

/** What an inspector found wrong, as it was submitted last; for the admins of that ISO. */
export const loadFindings: LoadCard = async (card, viewer) => {
  const { id } = card.subject;
  const [task, item, timeZone] = await Promise.all([findTask(id), findItem(id), timeZoneOf(viewer)]);
  if (task?.findings === undefined || item === undefined || viewer.role !== 'ADMIN' || task.isoId !== viewer.isoId)
    return OLD_CARD;
  const [inspector, shop] = await Promise.all([findPerson(item.staffId), spotsToInspect(task)]);
  return {
    name: 'inspection.findings',
    model: {
      shop: task.storeName,
      by: inspector?.name ?? '',
      at: item.submittedAt,
      timeZone,
      findings: task.findings.map((finding) => {
        if (finding.kind !== 'spot') return finding;
        const { spotRef, ...rest } = finding;
        return { ...rest, spot: spotIn(shop, spotRef).spot };
      }),
    },
    programme: await programmeOfTask(task),
    version: task.version,
  };
};

async function timeZoneOf({ isoId }: Person, seen?: Reads): Promise<string> {
  const iso = isoId === undefined ? undefined : await findIso(isoId, seen);
  return iso?.timeZone ?? 'UTC';
}

/** A correction is due when its time is over. */
function dueOf(task: InspectionTask, now: number, timeZone: string): DueModel {
  const dueAt = task.correctBy ?? task.dueAt;
  if (dueAt <= now) return { dueAt, due: 'overdue' };
  return { dueAt, due: dayOf(dueAt, timeZone) === dayOf(now, timeZone) ? 'today' : 'later' };
}

async function frontOf({ storeRef, isoId }: InspectionTask) {
  const store = await photosAt({ storeId: storeRef });
  const [front] = store?.isoId === isoId ? store.photos : [];
  return front?.contentHash === undefined ? [] : [{ kind: 'photo', sha256: front.contentHash } as const];
}

async function gone(why: 'moved' | 'expired' | 'unknown', shop = ''): ReturnType<LoadCard> {
  return { name: 'inspection.gone', model: { why, shop }, version: 0 };
}
