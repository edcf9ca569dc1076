import type { WorkScope } from '../../cards/hand-over.ts';
import { findItem } from '../../models/items.ts';
import { findPerson, type Person } from '../../models/people.ts';
import { readAll } from '../../models/read-together.ts';
import type { Reads } from '../../models/single-write.ts';
import { countOpenTasksOf, openTasksOf } from '../../models/task-lists.ts';
import type { Subject } from '../../src/platform/subject.ts';
import { isPromoted, isStillOpen } from '../review/item-model.ts';
import { type Scope, scopeOf } from '../team/for-admins.ts';
import { firstOpenWorkOf, formerOf, handsOf, type OpenWork, openWorkOf, workWithoutHands } from './open-work.ts';

/** Who gives work on, and whose they may: an admin everybody's of their ISO, a supervisor that of their team and their own. */
export interface Giver {
  readonly isoId: string;
  /** Milliseconds. */
  readonly now: number;
  /** Whose work it may be, and who may get it; of nobody, an admin alone. */
  has(userId: string | undefined): boolean;
}

/** The first of what somebody in charge looks at, and how much there is. */
export interface ListedWork extends ScopedWork {
  readonly count: number;
}

/** Open work that somebody in charge looks at, and whose it is where it is one person's. */
export interface ScopedWork {
  readonly scope: WorkScope;
  readonly work: readonly OpenWork[];
  readonly of?: Person | undefined;
}

/** Undefined for who is in charge of nobody. */
export async function giverOf(viewer: Person, now: number, tx?: Reads): Promise<Giver | undefined> {
  const scope = await scopeOf(viewer, now, tx);
  return scope && giverIn(scope, viewer, now);
}

/** `giverOf` of somebody whose scope is known. */
export function giverIn({ isoId, has }: Scope, { userId }: Pick<Person, 'userId'>, now: number): Giver {
  return { isoId, now, has: (other) => other === userId || has(other) };
}

/** What is in nobody's hands and was in the hands of those, before. */
export async function workLeftBy({ isoId, now, has }: Giver, tx?: Reads): Promise<readonly OpenWork[]> {
  return (await workWithoutHands({ isoId, now }, tx)).filter((work) => has(formerOf(work)));
}

/** What a button names (`nobody`, `tasks`, `person/<userId>`, `item/<itemRef>`) as the subject of a card of this ISO. */
export function workNamed(name: string, isoId: string): Subject {
  return { kind: 'work', id: name === 'nobody' || name === 'tasks' ? `${name}/${isoId}` : name };
}

/** What a subject names, as far as it is this giver's; nothing in a tap is trusted, so anything else is undefined. */
export async function workIn({ id }: Subject, giver: Giver, tx?: Reads): Promise<ScopedWork | undefined> {
  const { isoId, now, has } = giver;
  const cut = id.indexOf('/');
  const [scope, of] = [id.slice(0, Math.max(0, cut)), id.slice(cut + 1)];
  switch (scope) {
    case 'nobody':
      return of === isoId ? { scope, work: await workLeftBy(giver, tx) } : undefined;
    case 'tasks':
      return of === isoId ? { scope, work: await tasksOf(giver, tx) } : undefined;
    case 'person': {
      const [person, work] = await readAll(
        () => findPerson(of, tx),
        () => openWorkOf(of, { isoId, now }, tx),
      );
      return person?.isoId === isoId && has(of) ? { scope, work, of: person } : undefined;
    }
    case 'item': {
      const item = await findItem(of, tx);
      if (item?.isoId !== isoId || !has(item.ownerId) || !isPromoted(item)) return undefined;
      return { scope, work: isStillOpen(item, now) ? [{ kind: 'item', id: of, item }] : [] };
    }
    default:
      return undefined;
  }
}

/** `workIn` as it is listed: of what one person has, and of the tasks of these hands or of all, no more is read than that. */
export async function firstWorkIn(
  { id }: Subject,
  giver: Giver,
  { hands, limit }: { readonly hands: readonly string[] | undefined; readonly limit: number },
): Promise<ListedWork | undefined> {
  const { isoId, now, has } = giver;
  const cut = id.indexOf('/');
  const [scope, of] = [id.slice(0, Math.max(0, cut)), id.slice(cut + 1)];
  if (scope === 'tasks' && of === isoId) {
    const [tasks, all] = await Promise.all([
      openTasksOf({ isoId, now, of: hands }, { limit }),
      countOpenTasksOf({ isoId, of: hands }),
    ]);
    const count = tasks.length < limit ? tasks.length : all;
    return { scope, work: tasks.map((task) => ({ kind: 'inspection', id: task.taskId, task })), count };
  }
  if (scope === 'person') {
    const [person, first] = await Promise.all([findPerson(of), firstOpenWorkOf(of, { isoId, now }, limit)]);
    return person?.isoId === isoId && has(of) ? { scope, ...first, of: person } : undefined;
  }
  const all = await workIn({ kind: 'work', id }, giver);
  return all && { ...all, count: all.work.length };
}

async function tasksOf({ isoId, now, has }: Giver, tx?: Reads): Promise<readonly OpenWork[]> {
  const tasks = await openTasksOf({ isoId, now }, { tx });
  const all: readonly OpenWork[] = tasks.map((task) => ({ kind: 'inspection', id: task.taskId, task }));
  return all.filter((work) => has(handsOf(work)));
}
