import type { FirstOf } from '../src/domain/moves.ts';
import { REVIEW_MOVES, type ReviewState } from '../src/domain/review-state.ts';
import { checkMove } from './check-move.ts';
import { defined, type Item, type ItemChange, Items, toItem, updateFor } from './item-rows.ts';
import { mustHaveMatched, type Transaction } from './transaction.ts';

/** The POSM that stands at a spot, as files name it. */
export function posmRef(spotId: string): string {
  return `${spotId}.posm`;
}

/** What a submission says of an item; its review begins. */
export type SubmittedItem = Omit<Item, 'version' | 'state' | 'judgement' | 'deadlineAt' | 'settlement' | 'settledBy'>;

/** An item's first revision. */
export async function addItems(items: readonly SubmittedItem[], tx: Transaction): Promise<void> {
  const state: FirstOf<typeof REVIEW_MOVES> = 'PENDING';
  await Items.insertMany(
    items.map(({ itemRef, ...rest }) => ({ _id: itemRef, ...defined(rest), version: 1, state })),
    { session: tx },
  );
}

export async function findItem(itemRef: string, tx?: Transaction): Promise<Item | undefined> {
  const row = await Items.findById(itemRef)
    .session(tx ?? null)
    .lean();
  return row === null ? undefined : toItem(row);
}

export async function findItems(itemRefs: readonly string[], tx?: Transaction): Promise<readonly Item[]> {
  const rows = await Items.find({ _id: { $in: [...itemRefs] } })
    .session(tx ?? null)
    .lean();
  return rows.map(toItem);
}

/** Which ISO each of these items belongs to; those that nobody knows are left out. */
export async function isosOfItems(itemRefs: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await Items.find({ _id: { $in: [...itemRefs] } }, { isoId: 1 }).lean();
  return new Map(rows.map(({ _id, isoId }) => [_id, isoId]));
}

/** The store, its spots and their POSMs: everything on which a fee in that store depends. */
export async function itemsOfStores(storeIds: readonly string[], tx?: Transaction): Promise<readonly Item[]> {
  const rows = await Items.find({ storeId: { $in: [...storeIds] } })
    .session(tx ?? null)
    .lean();
  return rows.map(toItem);
}

/** An item as it was read: by its version that nobody else has changed it since, by its state what it may become. */
type ReadItem = Pick<Item, 'itemRef' | 'version' | 'state'>;

/** Compare-and-set on the version at which the item was read; a lost race otherwise (A.12-9). No state that cannot follow. */
export async function changeItem(item: ReadItem, change: ItemChange, tx: Transaction): Promise<Item> {
  mayBecome(item, change);
  const row = await Items.findOneAndUpdate({ _id: item.itemRef, version: item.version }, updateFor(change), {
    returnDocument: 'after',
    session: tx,
  }).lean();
  return toItem(mustHaveMatched(row));
}

/** What becomes of one of many items. `steps`: the states that lead to that of the change, where it is more than one move. */
interface Changing {
  readonly item: ReadItem;
  readonly change: ItemChange;
  readonly steps?: readonly ReviewState[];
}

/** `changeItem` for many at once, in one command: all of them, or a lost race. Each item once. */
export async function changeItems(changes: readonly Changing[], tx: Transaction): Promise<void> {
  if (changes.length === 0) return;
  for (const { item, change, steps } of changes) mayBecome(item, change, steps);
  const { matchedCount } = await Items.bulkWrite(
    changes.map(({ item, change }) => ({
      updateOne: { filter: { _id: item.itemRef, version: item.version }, update: updateFor(change) },
    })),
    { session: tx, ordered: true },
  );
  mustHaveMatched(matchedCount === changes.length ? true : undefined);
}

function mayBecome({ itemRef: id, state }: ReadItem, change: ItemChange, steps: readonly ReviewState[] = []): void {
  let from = state;
  for (const to of [...steps, change.state ?? state]) {
    checkMove(REVIEW_MOVES, { what: 'item', id, from, to });
    from = to;
  }
}
