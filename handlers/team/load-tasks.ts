import { findIso } from '../../models/isos.ts';
import { peopleOf } from '../../models/people.ts';
import { tasksOfIso } from '../../models/task-lists.ts';
import type { InspectionState } from '../../src/domain/inspection-state.ts';
import { forAdmins } from './for-admins.ts';
import { PAGE, paged, reads } from './lists.ts';

/** What somebody still has to do something about. */
const OPEN: readonly InspectionState[] = [
  ...(['ASSIGNED', 'STARTED', 'DEPLOYMENT_CHECKED', 'PAYMENT_VERIFIED', 'CANNOT_INSPECT', 'REJECTED'] as const),
];

/** The ISO's open inspections, what is overdue first. */
export const loadTeamTasks = forAdmins(async (card, viewer, isoId, now) => {
  const find = viewer.typed?.values.find ?? '';
  const [iso, open, people] = await Promise.all([findIso(isoId), tasksOfIso(isoId, OPEN), peopleOf(isoId)]);
  const nameOf = (userId: string | undefined): string | undefined =>
    people.find((person) => person.userId === userId)?.name;
  const all = open.map(({ storeName, assigneeId, dueAt, state }) => ({
    shop: storeName,
    assignee: nameOf(assigneeId),
    dueAt,
    state,
  }));
  const found = all.filter(({ shop, assignee }) => reads(find, shop, assignee));
  const list = { ...paged(found, card), find, search: all.length > PAGE };
  return { name: 'team.tasks', model: { ...list, now, timeZone: iso?.timeZone ?? 'UTC' }, version: 0 };
});
