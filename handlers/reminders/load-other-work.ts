import { DAY_MS, dayOf } from '@field/kit/calendar';
import { type DueInspection, type LeftDraft, MOST_OF_EACH, type OtherWork } from '../../cards/review/other-work.ts';
import type { StoredDraft } from '../../models/drafts.ts';
import type { InspectionTask } from '../../models/inspection-tasks.ts';
import type { Person } from '../../models/people.ts';
import type { Reads } from '../../models/single-write.ts';
import { hoursOfIso } from '../../src/daily/hours-of-iso.ts';
import { progress } from '../../src/flow/engine.ts';
import { shopName } from '../promotion/job.ts';
import { dueOf, inspectionsToDo } from './due-tasks.ts';
import { draftsToldOf } from './left-work.ts';

/** From so long before on a card says until when a draft is kept. */
const NEAR_MS = 14 * DAY_MS;

/** What waits for a person besides what failed, of that which `isMeant` by its id, as it stands at `now`; and by which clock. */
export async function loadOtherWork(
  { userId, isoId }: Person,
  now: number,
  {
    isMeant = () => true,
    seen,
  }: { readonly isMeant?: (id: string) => boolean; readonly seen?: Reads | undefined } = {},
): Promise<{ readonly other: OtherWork; readonly timeZone: string }> {
  const nothing = { inspections: [], inspectionCount: 0, drafts: [], draftCount: 0 };
  if (isoId === undefined) return { other: nothing, timeZone: 'UTC' };
  const hours = await hoursOfIso(isoId, seen);
  const [tasks, drafts] = await Promise.all([
    inspectionsToDo({ userId, isoId, now, hours }),
    draftsToldOf({ userId, isoId }),
  ]);
  const due = tasks.filter(({ taskId }) => isMeant(taskId));
  const left = drafts.filter(({ draftId }) => isMeant(draftId));
  const other = {
    inspections: due.slice(0, MOST_OF_EACH).map((task) => dueInspection(task, now, hours.timeZone)),
    inspectionCount: due.length,
    drafts: left
      .map((draft) => leftDraft(draft, now))
      .sort(byEnd)
      .slice(0, MOST_OF_EACH),
    draftCount: left.length,
  };
  return { other, timeZone: hours.timeZone };
}

function dueInspection(task: InspectionTask, now: number, timeZone: string): DueInspection {
  const { taskId, storeName: shop, state, revision } = task;
  const dueAt = dueOf(task);
  const isToday = dayOf(dueAt, timeZone) === dayOf(now, timeZone);
  const due = dueAt <= now ? 'overdue' : isToday ? 'today' : 'later';
  return { taskId, shop, dueAt, due, again: state === 'REJECTED' || revision > 1 };
}

function leftDraft({ draftId, product, draft, told }: StoredDraft, now: number): LeftDraft {
  const { step, of } = progress(draft);
  const keptUntil = told !== undefined && told.keptUntil - now <= NEAR_MS ? told.keptUntil : undefined;
  return { draftId, product, shop: shopName(draft), step, of, keptUntil };
}

/** What goes soon first. */
function byEnd(one: LeftDraft, other: LeftDraft): number {
  return (one.keptUntil ?? Infinity) - (other.keptUntil ?? Infinity) || 0;
}
