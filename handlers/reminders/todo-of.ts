import { findIso } from '../../models/isos.ts';
import { findPerson } from '../../models/people.ts';
import type { Reads } from '../../models/single-write.ts';
import type { Todo } from '../../models/todos.ts';
import { DEFAULT_LANGUAGE, isLanguage } from '../../src/domain/languages.ts';
import type { TodoContent } from '../../src/domain/todo-state.ts';
import { itemsToDo } from '../review/items-to-do.ts';
import { isTold } from '../review/tell-results.ts';

/** What a person's to-do is to say at `now`: of what failed and waits for them. Nothing where nothing does, or where they have no to-do. */
export async function todoOf(
  { userId, isoId }: Pick<Todo, 'userId' | 'isoId'>,
  now: number,
  tx?: Reads,
): Promise<{ readonly wanted?: TodoContent | undefined; readonly timeZone: string }> {
  const iso = await findIso(isoId, tx);
  const { timeZone = 'UTC', todos = false } = iso ?? {};
  const person = todos ? await findPerson(userId, tx) : undefined;
  if (person === undefined || !isTold(person, isoId)) return { timeZone };
  const [first, ...others] = await itemsToDo(userId, now, tx);
  if (first === undefined) return { timeZone };
  const language = isLanguage(person.language) ? person.language : DEFAULT_LANGUAGE;
  return { wanted: { count: others.length + 1, dueAt: first.deadlineAt, language }, timeZone };
}
