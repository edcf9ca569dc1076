import type { TodoLink } from '../protocol/page-protocol.ts';
import type { World } from '../world/world.ts';

/** The to-dos that somebody's client lists as open, in the order in which they were made. */
export function openTodosOf(world: World, userId: string): TodoLink[] {
  const unionId = world.people.find(userId)?.unionId;
  if (unionId === undefined) return [];
  const open = world.todos.all().filter(({ done, executorIds }) => !done && executorIds.includes(unionId));
  return open.map(({ taskId, subject, detailUrl }) => ({ taskId, subject, url: detailUrl.appUrl }));
}
