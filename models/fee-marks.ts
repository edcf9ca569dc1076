import { feesOf } from '../src/domain/item-fees.ts';
import type { ReviewState } from '../src/domain/review-state.ts';
import { feeKey } from '../src/domain/work-counts.ts';
import { countStanding, haveRead } from './count-work.ts';
import { type Item, Items, otherHalfRef, posmRef, toItem } from './item-rows.ts';
import { FIRST_VERSION } from './programme-in-use.ts';
import { standingIn } from './tallies.ts';
import { RESULTS } from './tally-sums.ts';
import type { Transaction } from './transaction.ts';
import { unboundSpots } from './unbound-spots.ts';

/** For what a fee waits, once it is approved and until a settlement row is about it. */
export type FeeFor = 'SPOT' | 'INSPECTION';

/** How many spots, or inspections, of an ISO are approved and eligible for a fee, and no settlement row was about yet: kept, not counted. */
export async function countFeesWaiting(isoId: string, itemType: FeeFor): Promise<number> {
  return Math.max(0, (await standingIn(isoId))[feeKey(itemType)] ?? 0);
}

/** The same, counted. */
export async function countFeeMarks(isoId: string, itemType: FeeFor): Promise<number> {
  return await Items.count({ isoId, itemType, feeWaits: true });
}

/** Some of them, what was sent first at the top. */
export async function feesWaiting(
  isoId: string,
  itemType: FeeFor,
  part: { readonly skip: number; readonly limit: number },
): Promise<readonly Item[]> {
  const sort = { submittedAt: 1, itemRef: 1 } as const;
  return (await Items.find({ isoId, itemType, feeWaits: true }, { sort, ...part })).map(toItem);
}

/** What of an item says whether it is eligible, or something else is by it. */
interface Facts {
  readonly itemRef: string;
  readonly itemType: Item['itemType'];
  readonly isoId: string;
  readonly storeId: string;
  readonly spotId?: string | undefined;
  readonly product?: string | undefined;
  readonly programme: number;
  readonly state: ReviewState;
  readonly settlement?: Item['settlement'];
  readonly judgement?: object | undefined;
}

/** What is stored of it, and whether it stands there that its fee waits. */
interface Stored extends Facts {
  readonly feeWaits?: true | undefined;
}

/** Whether their fees wait, of those that a change names (`null`: it does not), and of others that it made so or not so. */
export interface FeeMarks {
  readonly changed: ReadonlyMap<string, true | null>;
  readonly others: readonly { readonly itemRef: string; readonly feeWaits: true | null }[];
}

const NO_MARKS: FeeMarks = { changed: new Map(), others: [] };

/**
 * Whose fee waits or no longer does, once these are what they become; what stands there is the rule of `feesOf` (domain A.12-4). Nothing is
 * read unless something is approved that was not, or the other way round: what people do, costs nothing. Only landing leads there, one
 * process at a time. How many wait in each ISO follows.
 */
export async function feeMarks(
  changes: readonly { readonly before: Facts; readonly after: Facts }[],
  tx: Transaction,
): Promise<FeeMarks> {
  const moved = changes.flatMap(({ before, after }) => (bearsOnFee(before, after) ? [after] : []));
  if (moved.length === 0) return NO_MARKS;
  const becoming = new Map(changes.map(({ after }) => [after.itemRef, after]));
  const concerned = await spotsOf(moved, becoming, tx);
  const due = await eligibleAmong([...moved.filter(isInspection), ...concerned.values()], becoming, tx);
  const changed = new Map<string, true | null>();
  for (const { itemRef, itemType } of moved)
    if (itemType === 'SPOT' || itemType === 'INSPECTION') changed.set(itemRef, due.has(itemRef) ? true : null);
  const others: Stored[] = [];
  for (const spot of concerned.values()) {
    const mark = due.has(spot.itemRef) ? true : null;
    if (becoming.has(spot.itemRef)) changed.set(spot.itemRef, mark);
    else if ((spot.feeWaits ?? null) !== mark) others.push(spot);
  }
  const marked = await markedAmong(
    changes.filter(({ after }) => changed.has(after.itemRef)),
    tx,
  );
  for (const { after } of changes)
    if (changed.has(after.itemRef))
      countMark(after, marked.has(after.itemRef), changed.get(after.itemRef) === true, tx);
  for (const spot of others) countMark(spot, spot.feeWaits === true, due.has(spot.itemRef), tx);
  return { changed, others: others.map(({ itemRef }) => ({ itemRef, feeWaits: due.has(itemRef) ? true : null })) };
}

/** Those of these whose fee waited so far; of what was not approved, or is settled, none did, and nothing is read. */
async function markedAmong(
  changes: readonly { readonly before: Facts }[],
  tx: Transaction,
): Promise<ReadonlySet<string>> {
  const refs = changes.flatMap(({ before: { itemRef, state, settlement } }) =>
    state === 'APPROVED' && settlement === undefined ? [itemRef] : [],
  );
  const rows = await Items.find({ itemRef: { $in: refs } }, { only: ['itemRef', 'feeWaits'], tx });
  return new Set(rows.flatMap(({ itemRef, feeWaits }) => (feeWaits ? [itemRef] : [])));
}

function countMark({ isoId, itemType }: Facts, before: boolean, after: boolean, tx: Transaction): void {
  if (before === after || (itemType !== 'SPOT' && itemType !== 'INSPECTION')) return;
  countStanding({ isoId, userId: RESULTS, by: { [feeKey(itemType)]: after ? 1 : -1 } }, tx);
}

/** Of these spots and inspections, those of which something else stands there than their rows say. */
export async function wrongFeeMarks(itemRefs: readonly string[], tx?: Transaction): Promise<readonly Stored[]> {
  const stored = await storedOf({ itemRef: { $in: itemRefs } }, tx);
  const due = await eligibleAmong(stored, new Map(), tx);
  return stored.filter(({ itemRef, feeWaits }) => (feeWaits === true) !== due.has(itemRef));
}

/** Puts these right; answers how many were wrong. */
export async function mendFeeMarks(itemRefs: readonly string[], tx: Transaction): Promise<number> {
  const wrong = await wrongFeeMarks(itemRefs, tx);
  const marks = wrong.map(({ itemRef, feeWaits }) => ({
    itemRef,
    feeWaits: feeWaits === true ? null : (true as const),
  }));
  await writeMarks(marks, tx);
  for (const item of wrong) countMark(item, item.feeWaits === true, item.feeWaits !== true, tx);
  return wrong.length;
}

/** As updates of items by themselves; no step of theirs, so what shows them stays as it was drawn. */
export async function writeMarks(marks: FeeMarks['others'], tx: Transaction): Promise<void> {
  if (marks.length === 0) return;
  const updates = marks.map(({ itemRef, feeWaits }) => ({ filter: { itemRef }, change: { set: { feeWaits } } }));
  await Items.updateWithOthers(updates, tx);
}

function bearsOnFee(before: Facts, after: Facts): boolean {
  if (before.settlement !== after.settlement) return true;
  const isApproved = ({ state }: Facts): boolean => state === 'APPROVED';
  if (isApproved(before) !== isApproved(after)) return true;
  const isJudged = ({ judgement }: Facts): boolean => judgement !== undefined;
  return after.itemType === 'POSM' && isJudged(before) !== isJudged(after);
}

function isInspection({ itemType }: Facts): boolean {
  return itemType === 'INSPECTION';
}

/** The approved spots on whose fee these bear: themselves, those at which something stands, and those of a shop. */
async function spotsOf(
  moved: readonly Facts[],
  becoming: ReadonlyMap<string, Facts>,
  tx: Transaction,
): Promise<ReadonlyMap<string, Stored>> {
  const of = (type: Facts['itemType']): readonly Facts[] => moved.filter(({ itemType }) => itemType === type);
  const stores = new Set(of('STORE').map(({ storeId }) => storeId));
  const isInThese = ({ storeId }: Facts): boolean => stores.has(storeId);
  const spotRefs = [...new Set(of('POSM').flatMap(({ spotId }) => spotId ?? []))];
  const unread = spotRefs.filter((ref) => !becoming.has(ref));
  const inBatch = [...becoming.values()].filter((one) => one.itemType === 'SPOT' && isInThese(one));
  const found = [
    ...(stores.size === 0 ? [] : await storedOf({ storeId: { $in: [...stores] }, ...APPROVED_SPOT }, tx)),
    ...(unread.length === 0 ? [] : await storedOf({ itemRef: { $in: unread } }, tx)),
  ];
  const known = [...of('SPOT'), ...inBatch, ...spotRefs.flatMap((ref) => becoming.get(ref) ?? [])];
  const all: readonly Stored[] = [...found.map((one) => becoming.get(one.itemRef) ?? one), ...known];
  return new Map(all.map((spot) => [spot.itemRef, spot]));
}

const APPROVED_SPOT = { itemType: 'SPOT', state: 'APPROVED' } as const;

/** Those of these whose fee waits, by `itemRef`. */
async function eligibleAmong(
  items: readonly Facts[],
  becoming: ReadonlyMap<string, Facts>,
  tx: Transaction | undefined,
): Promise<ReadonlySet<string>> {
  const approved = items.filter(({ state, settlement }) => state === 'APPROVED' && settlement === undefined);
  const spots = approved.filter(({ itemType }) => itemType === 'SPOT');
  const parts = [...new Set(spots.flatMap(({ storeId, spotId = '' }) => [storeId, posmRef(spotId)]))];
  // with them what is counted with the others
  const halves = parts.length === 0 ? [] : [...becoming.values()].flatMap((one) => otherHalfRef(one) ?? []);
  const unread = [...new Set([...parts, ...halves])].filter((ref) => !becoming.has(ref));
  const read = unread.length === 0 ? [] : (await Items.find({ itemRef: { $in: unread } }, { tx })).map(toItem);
  if (tx !== undefined) haveRead(unread, read, tx);
  const known = [...read, ...parts.flatMap((ref) => becoming.get(ref) ?? [])];
  const fees = feesOf([...spots, ...known], await unboundSpots(spots, tx));
  return new Set(
    approved.flatMap((item) => (isInspection(item) || fees.get(item.itemRef) === 'ELIGIBLE' ? [item.itemRef] : [])),
  );
}

const FACTS = [
  ...(['itemRef', 'itemType', 'isoId', 'storeId', 'spotId', 'product', 'programme', 'state', 'settlement'] as const),
  ...(['decision', 'feeWaits'] as const),
] as const;

async function storedOf(
  filter: Parameters<typeof Items.find>[0],
  tx: Transaction | undefined,
): Promise<readonly Stored[]> {
  const rows = await Items.find(filter, { only: FACTS, tx });
  return rows.map(({ decision, programme = FIRST_VERSION, ...row }) => ({
    ...row,
    programme,
    judgement: decision === undefined ? undefined : {},
  }));
}
