import type { WorkScope } from '../../cards/hand-over.ts';
import { findItem } from '../../models/items.ts';
import { findPerson, type Person } from '../../models/people.ts';
import { openTasksOf } from '../../models/task-lists.ts';
import type { Transaction } from '../../models/transaction.ts';
import type { Subject } from '../../src/platform/subject.ts';
import { isPromoted, isStillOpen } from '../review/item-model.ts';
import { type OpenWork, openWorkOf, workWithoutHands } from './open-work.ts';

/** Open work of one ISO that an admin looks at, and whose it is where it is one person's. */
export interface ScopedWork {
  readonly scope: WorkScope;
  readonly work: readonly OpenWork[];
  readonly of?: Person | undefined;
}

/** What a button names (`nobody`, `tasks`, `person/<userId>`, `item/<itemRef>`) as the subject of a card of this ISO. */
export function workNamed(name: string, isoId: string): Subject {
  return { kind: 'work', id: name === 'nobody' || name === 'tasks' ? `${name}/${isoId}` : name };
}

/** What a subject names, as far as it is this ISO's; nothing in a tap is trusted, so anything else is undefined. */
export async function workIn(
  { id }: Subject,
  { isoId, now }: { readonly isoId: string; readonly now: number },
  tx?: Transaction,
): Promise<ScopedWork | undefined> {
  const cut = id.indexOf('/');
  const [scope, of] = [id.slice(0, Math.max(0, cut)), id.slice(cut + 1)];
  switch (scope) {
    case 'nobody':
      return of === isoId ? { scope, work: await workWithoutHands({ isoId, now }, tx) } : undefined;
    case 'tasks':
      return of === isoId ? { scope, work: await tasksOf(isoId, now, tx) } : undefined;
    case 'person': {
      const person = await findPerson(of, tx);
      if (person?.isoId !== isoId) return undefined;
      return { scope, work: await openWorkOf(of, { isoId, now }, tx), of: person };
    }
    case 'item': {
      const item = await findItem(of, tx);
      if (item?.isoId !== isoId || !isPromoted(item)) return undefined;
      return { scope, work: isStillOpen(item, now) ? [{ kind: 'item', id: of, item }] : [] };
    }
    default:
      return undefined;
  }
}

async function tasksOf(isoId: string, now: number, tx?: Transaction): Promise<readonly OpenWork[]> {
  const tasks = await openTasksOf({ isoId, now }, tx);
  return tasks.map((task) => ({ kind: 'inspection', id: task.taskId, task }));
}
