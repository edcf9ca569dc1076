import type { OpenCounts } from '../../cards/team/member.ts';
import { openDraftsOf } from '../../models/drafts.ts';
import { countFailures, deadlinesBetween } from '../../models/failure-lists.ts';
import { findIso } from '../../models/isos.ts';
import { countAppealing } from '../../models/item-queries.ts';
import type { Reads } from '../../models/single-write.ts';
import { countTasksDue, countTasksOfIso } from '../../models/task-lists.ts';
import { endOfDaysLeft } from '../../src/domain/days-left.ts';
import { SOON_DAYS } from '../../src/domain/member-change.ts';
import { beingWritten } from '../review/failed-list.ts';
import { OPEN_TASKS } from '../team/load-tasks.ts';

/** What waits for somebody in an ISO: what there may be much of is only counted. */
export async function countOpenWork(userId: string, isoId: string, now: number, seen?: Reads): Promise<OpenCounts> {
  const [whose, times, of] = [{ hands: [userId] }, { now, since: now }, [userId]];
  const iso = await findIso(isoId, seen);
  const until = endOfDaysLeft(now, SOON_DAYS, iso?.timeZone ?? 'UTC');
  const [begun, writing, dated, undated, appeals, tasks, failedSoon, tasksSoon] = await Promise.all([
    openDraftsOf(userId),
    beingWritten(userId, now),
    countFailures(whose, 'dated', times),
    countFailures(whose, 'undated', times),
    countAppealing(userId),
    countTasksOfIso({ isoId, states: OPEN_TASKS, of }),
    deadlinesBetween(whose, now, until),
    countTasksDue(isoId, until, { of, states: OPEN_TASKS }),
  ]);
  const drafts = begun.filter((one) => one.isoId === isoId && one.draft.modifies === undefined);
  const writtenSoon = writing.filter(({ deadlineAt = Infinity }) => deadlineAt < until);
  return {
    drafts: drafts.length,
    failed: dated + undated + writing.length,
    appeals,
    tasks,
    soon: failedSoon + writtenSoon.length + tasksSoon,
  };
}
