import type { FirstOf } from '../src/domain/moves.ts';
import { REVIEW_MOVES, type ReviewState } from '../src/domain/review-state.ts';
import { checkMove } from './check-move.ts';
import { countItem } from './count-work.ts';
import { feeMarks, writeMarks } from './fee-marks.ts';
import { type Item, type ItemChange, Items, toItem, updateFor } from './item-rows.ts';
import type { Reads } from './single-write.ts';
import { suspicionMarks } from './suspicion-marks.ts';
import { mustHaveMatched, type Transaction } from './transaction.ts';

export { posmRef } from './item-rows.ts';

/** What a submission says of an item; its review begins. */
export type SubmittedItem = Omit<
  Item,
  'version' | 'state' | 'judgement' | 'deadlineAt' | 'noticeAt' | 'settlement' | 'settledBy'
>;

/** An item's first revision; it is in its author's hands unless it says whose. */
export async function addItems(items: readonly SubmittedItem[], tx: Transaction): Promise<void> {
  const state: FirstOf<typeof REVIEW_MOVES> = 'PENDING';
  const rows = items.map((item) => ({ ...item, ownerId: item.ownerId ?? item.staffId, version: 1, state }));
  await Items.addWithOthers(rows, tx);
  for (const row of rows) countItem(undefined, row, tx);
}

export async function findItem(itemRef: string, tx?: Reads): Promise<Item | undefined> {
  const row = await Items.get(itemRef, { tx });
  return row && toItem(row);
}

/** So many are read, or written, by one command: the store has a moment for others, and is at work while the next are put together. */
const AT_ONCE = 200;

export async function findItems(itemRefs: readonly string[], tx?: Reads): Promise<readonly Item[]> {
  const items: Item[] = [];
  // the rows of a file may be about a few, again and again
  const refs = [...new Set(itemRefs)];
  for (let from = 0; from < refs.length; from += AT_ONCE) {
    const some = refs.slice(from, from + AT_ONCE);
    items.push(...(await Items.find({ itemRef: { $in: some } }, { tx })).map(toItem));
  }
  return items;
}

/** Which ISO each of these items belongs to; those that nobody knows are left out. */
export async function isosOfItems(itemRefs: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await Items.find({ itemRef: { $in: itemRefs } }, { only: ['itemRef', 'isoId'] });
  return new Map(rows.map(({ itemRef, isoId }) => [itemRef, isoId]));
}

/** The store, its spots and their POSMs: everything on which a fee in that store depends. */
export async function itemsOfStores(storeIds: readonly string[], tx?: Reads): Promise<readonly Item[]> {
  return (await Items.find({ storeId: { $in: storeIds } }, { tx })).map(toItem);
}

const AS_IT_STANDS = [
  ...(['itemRef', 'itemType', 'isoId', 'staffId', 'storeId', 'spotId', 'shop', 'state', 'submittedAt'] as const),
] as const;

/** An item of a shop, only as it stands. */
export interface StandingItem extends Pick<Item, (typeof AS_IT_STANDS)[number]> {
  /** Absent where no row named it. */
  readonly judgement?: object | undefined;
}

/** The same, of each only how it stands, and nothing that was written about it. */
export async function standingsOfStores(storeIds: readonly string[]): Promise<readonly StandingItem[]> {
  const rows = await Items.find({ storeId: { $in: storeIds } }, { only: [...AS_IT_STANDS, 'decision'] });
  return rows.map(({ decision, ...row }) => ({ ...row, judgement: decision && { decision } }));
}

/** Compare-and-set on the version at which the item was read; a lost race otherwise (domain A.12-9). No state that cannot follow. */
export async function changeItem(item: Item, change: ItemChange, tx: Transaction): Promise<Item> {
  mayBecome(item, change);
  const { itemRef, version } = item;
  const marks = await feeMarks([{ before: item, after: counted(item, change) }], tx);
  const suspected = (await suspicionMarks([{ item, change }])).get(itemRef);
  const update = updateFor(change, item, { feeWaits: marks.changed.get(itemRef), suspected });
  const changed = toItem(mustHaveMatched(await Items.change({ itemRef, version }, update, { tx })));
  await writeMarks(marks.others, tx);
  countItem(item, changed, tx);
  return changed;
}

/** What becomes of one of many items. `steps`: the states that lead to that of the change, where it is more than one move. */
interface Changing {
  readonly item: Item;
  readonly change: ItemChange;
  readonly steps?: readonly ReviewState[] | undefined;
  /** The batch of the audit that tells of it. */
  readonly auditBatch?: string | undefined;
}

/** `changeItem` for many at once: all of them, or a lost race. Each item once. */
export async function changeItems(changes: readonly Changing[], tx: Transaction): Promise<void> {
  if (changes.length === 0) return;
  for (const { item, change, steps } of changes) mayBecome(item, change, steps);
  const becoming = changes.map(({ item, change }) => ({ before: item, after: counted(item, change) }));
  const marks = await feeMarks(becoming, tx);
  const suspected = await suspicionMarks(changes);
  let sent = writeMarks(marks.others, tx);
  for (let from = 0; from < changes.length; from += AT_ONCE) {
    const updates = changes.slice(from, from + AT_ONCE).map(({ item, change, auditBatch }) => {
      const { itemRef, version } = item;
      const kept = { feeWaits: marks.changed.get(itemRef), suspected: suspected.get(itemRef), auditBatch };
      return { filter: { itemRef, version }, change: updateFor(change, item, kept) };
    });
    await sent;
    sent = Items.updateWithOthers(updates, tx, { mustMeet: true });
  }
  for (const { before, after } of becoming) countItem(before, after, tx);
  await sent;
}

/** What of a change is counted: nothing of it can be taken away. */
function counted(item: Item, change: ItemChange): Item {
  const { state = item.state, staffId = item.staffId, submittedAt = item.submittedAt } = change;
  const { judgement = item.judgement, settlement = item.settlement, programme = item.programme } = change;
  const { revision = item.revision } = change;
  return {
    ...item,
    state,
    staffId,
    submittedAt,
    revision,
    programme,
    settlement: settlement ?? undefined,
    judgement: judgement ?? undefined,
  };
}

function mayBecome({ itemRef: id, state }: Item, change: ItemChange, steps: readonly ReviewState[] = []): void {
  let from = state;
  for (const to of [...steps, change.state ?? state]) {
    checkMove(REVIEW_MOVES, { what: 'item', id, from, to });
    from = to;
  }
}
