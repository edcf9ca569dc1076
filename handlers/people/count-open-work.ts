import type { OpenCounts } from '../../cards/team/member.ts';
import { openDraftsOf } from '../../models/drafts.ts';
import { findIso } from '../../models/isos.ts';
import { itemsInHand } from '../../models/item-queries.ts';
import { tasksOfIso } from '../../models/task-lists.ts';
import { endOfDaysLeft } from '../../src/domain/days-left.ts';
import { SOON_DAYS } from '../../src/domain/member-change.ts';
import { itemsToDo } from '../review/items-to-do.ts';
import { OPEN_TASKS } from '../team/load-tasks.ts';

/** What waits for somebody in an ISO. */
export async function countOpenWork(userId: string, isoId: string, now: number): Promise<OpenCounts> {
  const [iso, begun, toDo, appealing, tasks] = await Promise.all([
    findIso(isoId),
    openDraftsOf(userId),
    itemsToDo(userId, now),
    itemsInHand(userId, ['APPEALING']),
    tasksOfIso({ isoId, states: OPEN_TASKS, of: [userId] }),
  ]);
  const drafts = begun.filter((one) => one.isoId === isoId && one.draft.modifies === undefined);
  const failed = toDo.filter((item) => item.isoId === isoId);
  const appeals = appealing.filter((item) => item.isoId === isoId);
  const dueAt = [...failed.map(({ deadlineAt = Infinity }) => deadlineAt), ...tasks.map((task) => task.dueAt)];
  const until = endOfDaysLeft(now, SOON_DAYS, iso?.timeZone ?? 'UTC');
  return {
    drafts: drafts.length,
    failed: failed.length,
    appeals: appeals.length,
    tasks: tasks.length,
    soon: dueAt.filter((at) => at < until).length,
  };
}
