import { draftsWithoutHands, openDraftsOf, type StoredDraft } from '../../models/drafts.ts';
import type { InspectionTask } from '../../models/inspection-tasks.ts';
import { itemsInHand, itemsWithoutHands, openInHand } from '../../models/item-queries.ts';
import type { Item } from '../../models/item-rows.ts';
import { readAll } from '../../models/read-together.ts';
import type { Reads } from '../../models/single-write.ts';
import { countOpenTasksOf, openTasksOf, tasksInHand, tasksWithoutHands } from '../../models/task-lists.ts';
import { isPromoted, isStillOpen, OPEN_STATES } from '../review/item-model.ts';

/** Something open that can be given to a colleague; what puts an item right, and an appeal, go with the item. */
export type OpenWork =
  | { readonly kind: 'draft'; readonly id: string; readonly draft: StoredDraft }
  | { readonly kind: 'item'; readonly id: string; readonly item: Item }
  | { readonly kind: 'inspection'; readonly id: string; readonly task: InspectionTask };

interface When {
  readonly isoId: string;
  /** Milliseconds. */
  readonly now: number;
}

/** All that is open in a person's hands in an ISO, what is due first at the top: items, tasks, then drafts, which have no deadline. */
export async function openWorkOf(userId: string, when: When, tx?: Reads): Promise<readonly OpenWork[]> {
  const [items, tasks, drafts] = await readAll(
    () => itemsInHand(userId, OPEN_STATES, tx),
    () => tasksInHand(userId, when, tx),
    () => openDraftsOf(userId, tx),
  );
  return inOrder(items, tasks, drafts, when);
}

/** So much of it at most, and how much there is. */
export async function firstOpenWorkOf(
  userId: string,
  when: When,
  limit: number,
): Promise<{ readonly work: readonly OpenWork[]; readonly count: number }> {
  const of = { isoId: when.isoId, now: when.now, of: [userId] };
  const [items, tasks, countOfTasks, drafts] = await Promise.all([
    openInHand(userId, when.now, limit),
    openTasksOf(of, { limit }),
    countOpenTasksOf(of),
    openDraftsOf(userId),
  ]);
  const begun = inOrder([], [], drafts, when);
  const work = inOrder(items.items, tasks, drafts, when).slice(0, limit);
  return { work, count: items.count + (tasks.length < limit ? tasks.length : countOfTasks) + begun.length };
}

/** All that is open in an ISO and in nobody's hands. */
export async function workWithoutHands(when: When, tx?: Reads): Promise<readonly OpenWork[]> {
  const [items, tasks, drafts] = await readAll(
    () => itemsWithoutHands(when.isoId, OPEN_STATES, tx),
    () => tasksWithoutHands(when, tx),
    () => draftsWithoutHands(when.isoId, tx),
  );
  return inOrder(items, tasks, drafts, when);
}

/** Until when something is to be done about it, milliseconds. */
export function dueOf(work: OpenWork): number | undefined {
  if (work.kind === 'item') return work.item.deadlineAt;
  return work.kind === 'inspection' ? (work.task.correctBy ?? work.task.dueAt) : undefined;
}

/** Who has it in hand; undefined for nobody. */
export function handsOf(work: OpenWork): string | undefined {
  if (work.kind === 'item') return work.item.ownerId;
  return work.kind === 'inspection' ? work.task.assigneeId : work.draft.ownerId;
}

/** Who had it in hand before; of what is in nobody's hands, who had it last. */
export function formerOf(work: OpenWork): string | undefined {
  if (work.kind === 'item') return work.item.formerId;
  return work.kind === 'inspection' ? work.task.formerId : work.draft.formerId;
}

function inOrder(
  items: readonly Item[],
  tasks: readonly InspectionTask[],
  drafts: readonly StoredDraft[],
  { isoId, now }: When,
): readonly OpenWork[] {
  const all: OpenWork[] = [
    ...items.map((item) => ({ kind: 'item', id: item.itemRef, item }) as const),
    ...tasks.map((task) => ({ kind: 'inspection', id: task.taskId, task }) as const),
    ...drafts.map((draft) => ({ kind: 'draft', id: draft.draftId, draft }) as const),
  ];
  const open = all.filter((work) => {
    if (work.kind === 'item') return work.item.isoId === isoId && isPromoted(work.item) && isStillOpen(work.item, now);
    return work.kind === 'inspection' || (work.draft.isoId === isoId && work.draft.draft.modifies === undefined);
  });
  return open.toSorted((one, other) => (dueOf(one) ?? Infinity) - (dueOf(other) ?? Infinity) || 0);
}
