import type { TaskRow } from '../../cards/team/tasks.ts';
import { findIso } from '../../models/isos.ts';
import { peopleOf } from '../../models/people.ts';
import { countTasksOfIso, type TaskPage, type TasksOf, tasksOfIso } from '../../models/task-lists.ts';
import type { InspectionState } from '../../src/domain/inspection-state.ts';
import { forThoseInCharge } from './for-admins.ts';
import { foundIn, PAGE, pageOf, reads } from './lists.ts';

/** Further on nobody ever has a task. */
const MOST_PAGES = 100_000;

/** What somebody still has to do something about. */
export const OPEN_TASKS: readonly InspectionState[] = [
  ...(['ASSIGNED', 'STARTED', 'DEPLOYMENT_CHECKED', 'PAYMENT_VERIFIED', 'CANNOT_INSPECT', 'REJECTED'] as const),
];

/** The open inspections of whom one looks after, what is overdue first; an admin's with those that are nobody's. */
export const loadTeamTasks = forThoseInCharge(async (card, viewer, scope, now) => {
  const { isoId, everybody, team } = scope;
  const find = viewer.typed?.values.find ?? '';
  const whose: TasksOf = { isoId, states: OPEN_TASKS, of: everybody ? undefined : team };
  const pageAt = (page: number): TaskPage => ({ skip: (page - 1) * PAGE, limit: PAGE });
  const asked = Math.min(Math.max(1, Math.trunc(Number(card.subject.id)) || 1), MOST_PAGES);
  // nothing but the page is read, and of what is searched no more than that takes
  const [iso, people, count, found] = await Promise.all([
    findIso(isoId),
    peopleOf(isoId),
    countTasksOfIso(whose),
    find === '' ? tasksOfIso(whose, pageAt(asked)) : [],
  ]);
  const names = new Map(people.map(({ userId, name }) => [userId, name]));
  const rowOf = ({ storeName, assigneeId, promoters, dueAt, state }: (typeof found)[number]): TaskRow => ({
    shop: storeName,
    assignee: assigneeId === undefined ? undefined : names.get(assigneeId),
    dueAt,
    state,
    promotedThere: assigneeId !== undefined && promoters.includes(assigneeId),
  });
  const page = async () => {
    const place = { ...pageOf(count, card), count };
    return { ...place, rows: (place.page === asked ? found : await tasksOfIso(whose, pageAt(place.page))).map(rowOf) };
  };
  const search = async () => {
    const isFound = ({ shop, assignee }: TaskRow): boolean => reads(find, shop, assignee);
    return await foundIn(async (part) => (await tasksOfIso(whose, part)).map(rowOf), isFound, card);
  };
  const list = find === '' ? await page() : await search();
  return {
    name: 'team.tasks',
    model: { ...list, find, search: count > PAGE, now, timeZone: iso?.timeZone ?? 'UTC' },
    version: 0,
  };
});
