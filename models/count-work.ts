import { dayOf } from '@field/kit/calendar';
import { ACTIVE_CODES, countedUnder, keysOf, resultDaysOf, resultKeyOf } from '../src/domain/work-counts.ts';
import { timeZoneOf } from './isos.ts';
import { type Item, Items, otherHalfRef, toItem } from './item-rows.ts';
import { changeTallies, RESULTS, type TallyChange } from './tallies.ts';
import { type Gathering, gathered, type Transaction } from './transaction.ts';

/** What was written of items and codes in a transaction, and changes what is counted: it is counted once, at its end. */
interface Written {
  /** What was read in it besides, undefined what is not there: as long as nothing of it is written it is not read again. */
  readonly read: Map<string, Item | undefined>;
  readonly items: Map<string, { readonly before: Item | undefined; after: Item }>;
  readonly codes: { readonly isoId: string; readonly userId: string; readonly at: number; readonly by: 1 | -1 }[];
  readonly standing: Omit<TallyChange, 'day' | 'at'>[];
}

const WRITTEN: Gathering<Written> = {
  begin: () => ({ read: new Map(), items: new Map(), codes: [], standing: [] }),
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
export function countStanding(change: Written['standing'][number], tx: Transaction): void {
  gathered(tx, WRITTEN).standing.push(change);
}

async function count({ read, items, codes, standing }: Written, tx: Transaction): Promise<void> {
  const changed = [...items.values()].filter(
    ({ before, after }) => before === undefined || isCountedAnew(before, after),
  );
  const others = await otherHalves(changed, { read, items }, tx);
  const halves = new Map([...others].map((item) => [item.itemRef, { before: item, after: item }]));
  const all = new Map<string, { readonly before: Item | undefined; readonly after: Item }>([...items, ...halves]);
  const moved = changed.flatMap(({ after }) => [after, ...otherHalfOf(after, all)]);
  const refs = new Set(moved.map(({ itemRef }) => itemRef));
  const isoIds = new Set([...moved, ...codes].map(({ isoId }) => isoId));
  const dayIn = await daysIn([...isoIds], tx);
  const changes = [...refs].flatMap((ref) => [
    ...changesOf(all.get(ref), all, dayIn),
    ...changesOfResults(all.get(ref), all),
  ]);
  await changeTallies([...changes, ...codes.map((code) => changeOfCode(code, dayIn)), ...standing], tx);
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

type Both = ReadonlyMap<string, { readonly before: Item | undefined; readonly after: Item }>;

function otherHalfOf(item: Item, all: Both): readonly Item[] {
  const other = all.get(otherHalfRef(item) ?? '');
  return other === undefined ? [] : [other.after];
}

/** What it was counted under goes, what it is counted under comes; where that is the same its row is held all the same. */
function changesOf(
  item: { readonly before: Item | undefined; readonly after: Item } | undefined,
  all: Both,
  dayIn: DayIn,
): TallyChange[] {
  if (item === undefined) return [];
  const { before, after } = item;
  const other = all.get(otherHalfRef(after) ?? '');
  return [
    ...(before === undefined ? [] : [{ ...placeOf(before, dayIn), by: each(keysOf(before, other?.before), -1) }]),
    { ...placeOf(after, dayIn), by: each(keysOf(after, other?.after), 1), at: after.submittedAt },
  ];
}

function each(keys: readonly string[], by: 1 | -1): Record<string, number> {
  return Object.fromEntries(keys.map((key) => [key, by]));
}

/** With the results of a day an ISO counts a shop, or a spot with what stands there; what stays as it was there is not written. */
function changesOfResults(
  item: { readonly before: Item | undefined; readonly after: Item } | undefined,
  all: Both,
): TallyChange[] {
  if (item === undefined) return [];
  const { before, after } = item;
  const other = all.get(otherHalfRef(after) ?? '');
  const { isoId } = after;
  const counted = (one: Item | undefined, half: Item | undefined, by: 1 | -1): TallyChange[] =>
    one === undefined
      ? []
      : resultDaysOf(one, half).map((day) => ({ isoId, userId: RESULTS, day, by: { [resultKeyOf(one, half)]: by } }));
  const [gone, come] = [counted(before, other?.before, -1), counted(after, other?.after, 1)];
  if (gone.length === 0) return come;
  const name = ({ day, by }: TallyChange): string => `${day}${Object.keys(by).join()}`;
  const isIn = (others: readonly TallyChange[], one: TallyChange): boolean =>
    others.some((each) => name(each) === name(one));
  return [...gone.filter((one) => !isIn(come, one)), ...come.filter((one) => !isIn(gone, one))];
}

function placeOf({ isoId, staffId: userId, submittedAt }: Item, dayIn: DayIn) {
  return { isoId, userId, day: dayIn(isoId, submittedAt) };
}

function changeOfCode({ isoId, userId, at, by }: Written['codes'][number], dayIn: DayIn): TallyChange {
  return { isoId, userId, day: dayIn(isoId, at), by: { [ACTIVE_CODES]: by } };
}

type DayIn = (isoId: string, at: number) => string;

async function daysIn(isoIds: readonly string[], tx: Transaction): Promise<DayIn> {
  const zones = new Map<string, string>();
  for (const isoId of isoIds) zones.set(isoId, await timeZoneOf(isoId, tx));
  return (isoId, at) => dayOf(at, zones.get(isoId) ?? 'UTC');
}
