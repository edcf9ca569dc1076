import { allIsos, type Iso } from '../../models/isos.ts';
import { firstNoticeDue, noticesDue } from '../../models/item-queries.ts';
import { firstLeftDraft, leftDrafts } from '../../models/left-drafts.ts';
import { firstTaskNotice, taskNoticesDue } from '../../models/task-lists.ts';
import { hoursIn } from '../../src/daily/hours-of-iso.ts';
import { isAllowed, nextAllowed, toldUpTo } from '../../src/domain/allowed-hours.ts';
import { draftDueAt } from './due-work.ts';
import type { FoundDue } from './pass-over.ts';

/** Up to so many of what is due, the longest due first. */
type Find = (limit: number) => Promise<readonly FoundDue[]>;

/** How to find what is due now: failures and inspections of all, and the drafts of each ISO whose people may be told now. */
export async function findersOf(now: number): Promise<readonly Find[]> {
  const finders: Find[] = [
    async (limit) =>
      (await noticesDue(now, limit)).map(({ itemRef: id, isoId, ownerId }) => ({ kind: 'item', id, isoId, ownerId })),
    async (limit) =>
      (await taskNoticesDue(now, limit)).map(({ taskId: id, isoId, assigneeId }) => ({
        kind: 'inspection',
        id,
        isoId,
        ownerId: assigneeId,
      })),
  ];
  for (const iso of await allIsos()) {
    const [{ isoId }, hours] = [iso, hoursIn(iso)];
    if (!isAllowed(now, hours)) continue;
    const upTo = toldUpTo(now, hours);
    finders.push(async (limit) =>
      (await leftDrafts(isoId, upTo, limit)).map(({ draftId: id, ownerId }) => ({ kind: 'draft', id, isoId, ownerId })),
    );
  }
  return finders;
}

/** When anybody is to be told of something first; none as long as nothing is in sight. */
export async function firstDue(now: number): Promise<number | undefined> {
  const [failure, inspection, isos] = await Promise.all([firstNoticeDue(), firstTaskNotice(), allIsos()]);
  const drafts = await Promise.all(isos.map((iso) => firstDraftDue(iso, now)));
  const times = [failure, inspection, ...drafts].flatMap((at) => at ?? []);
  return times.length === 0 ? undefined : Math.min(...times);
}

async function firstDraftDue(iso: Iso, now: number): Promise<number | undefined> {
  const first = await firstLeftDraft(iso.isoId);
  if (first === undefined) return undefined;
  const hours = hoursIn(iso);
  const at = draftDueAt(first, hours);
  return at > now ? at : nextAllowed(now, hours);
}
