import { findIso } from '../../models/isos.ts';
import { peopleOf } from '../../models/people.ts';
import { tasksOfIso } from '../../models/task-lists.ts';
import type { InspectionState } from '../../src/domain/inspection-state.ts';
import { forThoseInCharge } from './for-admins.ts';
import { PAGE, paged, reads } from './lists.ts';

/** What somebody still has to do something about. */
export const OPEN_TASKS: readonly InspectionState[] = [
  ...(['ASSIGNED', 'STARTED', 'DEPLOYMENT_CHECKED', 'PAYMENT_VERIFIED', 'CANNOT_INSPECT', 'REJECTED'] as const),
];

/** The open inspections of whom one looks after, what is overdue first; an admin's with those that are nobody's. */
export const loadTeamTasks = forThoseInCharge(async (card, viewer, scope, now) => {
  const { isoId } = scope;
  const find = viewer.typed?.values.find ?? '';
  const [iso, open, people] = await Promise.all([findIso(isoId), tasksOfIso(isoId, OPEN_TASKS), peopleOf(isoId)]);
  const nameOf = (userId: string | undefined): string | undefined =>
    people.find((person) => person.userId === userId)?.name;
  const all = open
    .filter(({ assigneeId }) => scope.has(assigneeId))
    .map(({ storeName, assigneeId, promoters, dueAt, state }) => ({
      shop: storeName,
      assignee: nameOf(assigneeId),
      dueAt,
      state,
      promotedThere: assigneeId !== undefined && promoters.includes(assigneeId),
    }));
  const found = all.filter(({ shop, assignee }) => reads(find, shop, assignee));
  const list = { ...paged(found, card), find, search: all.length > PAGE };
  return {
    name: 'team.tasks',
    model: { ...list, now, timeZone: iso?.timeZone ?? 'UTC' },
    version: 0,
  };
});
