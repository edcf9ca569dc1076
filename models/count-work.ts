import { dayOf } from '@field/kit/calendar';
import {
  ACTIVE_CODES,
  type Counts,
  countedUnder,
  keysOf,
  resultDaysOf,
  resultKeyOf,
} from '../src/domain/work-counts.ts';
import { timeZoneOf } from './isos.ts';
import { type Item, Items, otherHalfRef, toItem } from './item-rows.ts';
import { changeTallies } from './tallies.ts';
import { RESULTS, TallySums } from './tally-sums.ts';
import { type Gathering, gathered, type Transaction } from './transaction.ts';

/** What was written of items and codes in a transaction, and changes what is counted: it is counted once, at its end. */
interface Written {
  /** What was read in it besides, undefined what is not there: as long as nothing of it is written it is not read again. */
  readonly read: Map<string, Item | undefined>;
  readonly items: Map<string, { readonly before: Item | undefined; after: Item }>;
  readonly codes: { readonly isoId: string; readonly userId: string; readonly at: number; readonly by: 1 | -1 }[];
  /** How things stand by then, and whatever else is found. */
  readonly sums: TallySums;
}

const WRITTEN: Gathering<Written> = {
  begin: () => ({ read: new Map(), items: new Map(), codes: [], sums: new TallySums() }),
  write: count,
};

/** Has the numbers of whoever an item is of follow what it becomes; `before` is undefined where it is new. */
export function countItem(before: Item | undefined, after: Item, tx: Transaction): void {
  const { items } = gathered(tx, WRITTEN);
  const known = items.get(after.itemRef);
  if (known !== undefined) known.after = after;
  else items.set(after.itemRef, { before, after });
}

/** These were read in this transaction, and of those that are not among `items` there is none. */
export function haveRead(itemRefs: readonly string[], items: readonly Item[], tx: Transaction): void {
  const { read } = gathered(tx, WRITTEN);
  for (const itemRef of itemRefs) read.set(itemRef, undefined);
  for (const item of items) read.set(item.itemRef, item);
}

/** A code stands since then at somebody's spot, or, `by` -1, does no more. */
export function countCode(code: Written['codes'][number], tx: Transaction): void {
  gathered(tx, WRITTEN).codes.push(code);
}

/** So much more, or less, of an ISO stands under these names, and `userId`, or a file, did it. */
export function countStanding(
  { isoId, userId, by }: { readonly isoId: string; readonly userId: string; readonly by: Counts },
  tx: Transaction,
): void {
  const { sums } = gathered(tx, WRITTEN);
  for (const name in by) sums.add(isoId, userId, '', name, by[name] ?? 0);
}

async function count({ read, items, codes, sums }: Written, tx: Transaction): Promise<void> {
  const changed = [...items.values()].filter(
    ({ before, after }) => before === undefined || isCountedAnew(before, after),
  );
  const others = await otherHalves(changed, { read, items }, tx);
  const halves = new Map([...others].map((item) => [item.itemRef, { before: item, after: item }]));
  const all = new Map<string, Changed>([...items, ...halves]);
  const moved = changed.flatMap(({ after }) => [after, ...otherHalfOf(after, all)]);
  const dayIn = await daysIn([...new Set([...moved, ...codes].map(({ isoId }) => isoId))], tx);
  for (const ref of new Set(moved.map(({ itemRef }) => itemRef))) {
    const item = all.get(ref);
    if (item === undefined) continue;
    const other = all.get(otherHalfRef(item.after) ?? '');
    addWork(sums, item, other, dayIn);
    addResults(sums, item, other);
  }
  for (const { isoId, userId, at, by } of codes) sums.add(isoId, userId, dayIn(isoId, at), ACTIVE_CODES, by);
  await changeTallies(sums, tx);
}

function isCountedAnew(before: Item, after: Item): boolean {
  if (before.staffId !== after.staffId || before.submittedAt !== after.submittedAt) return true;
  const dayOfResult = ({ judgement }: Item): string | undefined => judgement?.dataDate;
  if (before.revision !== after.revision || dayOfResult(before) !== dayOfResult(after)) return true;
  return countedUnder(before, undefined) !== countedUnder(after, undefined);
}

/** What stands at a spot, or the spot of what stands there: the one counts with the other, so both are read, and neither may change meanwhile. */
async function otherHalves(
  changed: readonly { readonly after: Item }[],
  { read, items }: Pick<Written, 'read' | 'items'>,
  tx: Transaction,
): Promise<readonly Item[]> {
  const halves = new Set(changed.flatMap(({ after }) => otherHalfRef(after) ?? []).filter((ref) => !items.has(ref)));
  const missing = [...halves].filter((ref) => !read.has(ref));
  const found = missing.length === 0 ? [] : await Items.find({ itemRef: { $in: missing } }, { tx });
  return [...[...halves].flatMap((ref) => read.get(ref) ?? []), ...found.map(toItem)];
}

interface Changed {
  readonly before: Item | undefined;
  readonly after: Item;
}

function otherHalfOf(item: Item, all: ReadonlyMap<string, Changed>): readonly Item[] {
  const other = all.get(otherHalfRef(item) ?? '');
  return other === undefined ? [] : [other.after];
}

/** What it was counted under goes, what it is counted under comes; where that is the same its row is held all the same. */
function addWork(sums: TallySums, { before, after }: Changed, other: Changed | undefined, dayIn: DayIn): void {
  const add = (item: Item, half: Item | undefined, much: 1 | -1): void => {
    const { isoId, staffId, submittedAt } = item;
    const day = dayIn(isoId, submittedAt);
    for (const key of keysOf(item, half)) sums.add(isoId, staffId, day, key, much);
    if (much > 0) sums.sent(isoId, staffId, day, submittedAt);
  };
  if (before !== undefined) add(before, other?.before, -1);
  add(after, other?.after, 1);
}

/** With the results of a day an ISO counts a shop, or a spot with what stands there; what stays as it was there is not written. */
function addResults(sums: TallySums, { before, after }: Changed, other: Changed | undefined): void {
  const gone = before === undefined ? [] : resultDaysOf(before, other?.before);
  const come = resultDaysOf(after, other?.after);
  const [was, is] = [
    gone.length === 0 ? '' : resultKeyOf(before ?? after, other?.before),
    resultKeyOf(after, other?.after),
  ];
  for (const day of gone) if (was !== is || !come.includes(day)) sums.add(after.isoId, RESULTS, day, was, -1);
  for (const day of come) if (was !== is || !gone.includes(day)) sums.add(after.isoId, RESULTS, day, is, 1);
}

type DayIn = (isoId: string, at: number) => string;

async function daysIn(isoIds: readonly string[], tx: Transaction): Promise<DayIn> {
  const zones = new Map<string, string>();
  for (const isoId of isoIds) zones.set(isoId, await timeZoneOf(isoId, tx));
  return (isoId, at) => dayOf(at, zones.get(isoId) ?? 'UTC');
}
