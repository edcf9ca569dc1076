import { LAPSING, type ReviewState } from '../src/domain/review-state.ts';
import { OPEN_FAILURE, PROMOTED } from './failure-lists.ts';
import { allIsos } from './isos.ts';
import { apart, type Item, Items, toItem } from './item-rows.ts';
import { WRITTEN_BEFORE } from './owners.ts';
import { readAll } from './read-together.ts';
import type { Reads } from './single-write.ts';
import type { Transaction } from './transaction.ts';
import type { Window } from './whole-moments.ts';

/** The items of an ISO on which the data of one day decided, whatever came since. */
export async function itemsOfIsoDecidedOn(isoId: string, dataDate: string): Promise<readonly Item[]> {
  return (await Items.find({ isoId, dataDate })).map(toItem);
}

/** The items of an ISO that are under review. */
export async function itemsOfIsoUnderReview(isoId: string): Promise<readonly Item[]> {
  const found: Item[] = [];
  // too many for one answer
  for (const state of apart(UNDER_REVIEW)) found.push(...(await Items.find({ isoId, state })).map(toItem));
  return found;
}

const UNDER_REVIEW: readonly ReviewState[] = ['PENDING', 'APPEALING'];

/** How many failures of what an ISO promoted, by the data of days before this one (`YYYYMMDD`), can still be put right. */
export async function countOldFailures(isoId: string, now: number, day: string): Promise<number> {
  const open = { isoId, state: OPEN_FAILURE, $or: inTime(now) };
  return await Items.count({ ...open, dataDate: { $exists: true, $lt: day }, itemType: PROMOTED });
}

function inTime(now: number) {
  return [{ deadlineAt: { $gt: now } }, { deadlineAt: { $exists: false } }];
}

/** How many failures of all ISOs that can still be put right were given one of these reasons. */
export async function countFailuresFor(reasonCodes: readonly string[], now: number): Promise<number> {
  const isoIds = (await allIsos()).map(({ isoId }) => isoId);
  const open = { isoId: { $in: isoIds }, state: OPEN_FAILURE, $or: inTime(now) };
  return await Items.count({ ...open, reasonCodes: { $in: reasonCodes } });
}

/** Whether anything of an ISO that was submitted before `at` still waits for its review. */
export async function waitsForReview(isoId: string, at: number): Promise<boolean> {
  const waiting = await Promise.all(
    apart(UNDER_REVIEW).map((state) =>
      Items.findOne({ isoId, state, submittedAt: { $lt: at } }, { only: ['itemRef'] }),
    ),
  );
  return waiting.some((one) => one !== undefined);
}

/** What a person is the author of, by its last revision, that was submitted since then, milliseconds; newest first. */
export async function itemsSubmittedBy(staffId: string, since: number): Promise<readonly Item[]> {
  const rows = await Items.find({ staffId, submittedAt: { $gte: since } }, { sort: { submittedAt: -1 } });
  return rows.map(toItem);
}

/** What somebody was the last to send for an ISO in a time, milliseconds, the end not included. */
export async function itemsSentBetween(
  { isoId, userId }: { readonly isoId: string; readonly userId: string },
  { from, to }: { readonly from: number; readonly to: number },
): Promise<readonly Item[]> {
  const rows = await Items.find({ staffId: userId, isoId, submittedAt: { $gte: from, $lt: to } });
  return rows.map(toItem);
}

/** The latest first, what of a promotion somebody was the last to send in a time, milliseconds, the end not included: where that was. */
export async function sentBy(
  staffId: string,
  {
    from,
    to,
    skip,
    limit,
  }: { readonly from: number; readonly to: number; readonly skip: number; readonly limit: number },
): Promise<readonly Pick<Item, 'isoId' | 'storeId' | 'submittedAt'>[]> {
  const filter = { staffId, submittedAt: { $gte: from, $lt: to }, itemType: PROMOTED };
  return await Items.find(filter, {
    only: ['isoId', 'storeId', 'submittedAt'],
    sort: { submittedAt: -1 },
    skip,
    limit,
  });
}

/** The earliest first, a part of what somebody was the last to send before a time, milliseconds. */
export async function sentLongAgo(staffId: string, before: number, part: Part): Promise<readonly SentItem[]> {
  return await Items.find(
    { staffId, submittedAt: { $lt: before } },
    { only: WHERE, sort: { submittedAt: 1 }, ...part },
  );
}

const WHERE = ['isoId', 'itemType', 'storeId'] as const;

/** Where something was sent. */
export type SentItem = Pick<Item, (typeof WHERE)[number]>;

/** Where a part of a list begins, and how much of it. */
export interface Part {
  readonly skip: number;
  readonly limit: number;
}

/** Of what somebody sent a part of what failed for good in one of two ways, the one whose deadline passed last first. */
export async function lostBy(
  staffId: string,
  state: 'LAPSED' | 'REJECTED_FINAL',
  part: Part,
): Promise<readonly SentItem[]> {
  return await Items.find({ staffId, state }, { only: WHERE, sort: { deadlineAt: -1 }, ...part });
}

/**
 * Of what is under review, promoted, and in somebody's hands, what another did, at most so much of each: those that wait for their review, then
 * those against whose decision something was said.
 */
export async function ofColleagues(
  ownerId: string,
  limit: number,
): Promise<readonly Pick<Item, (typeof OF_OTHERS)[number]>[]> {
  const others = [{ $lt: ownerId }, { $gt: ownerId }] as const;
  const found = await Promise.all([
    // an index has what waits by who did it, once on each side of whose hands it is in
    ...others.map((staffId) => inHand({ ownerId, staffId, state: 'PENDING' }, limit)),
    inHand({ ownerId, state: 'APPEALING' }, limit),
  ]);
  return found.flat().filter(({ staffId }) => staffId !== ownerId);
}

const OF_OTHERS = ['itemRef', 'staffId'] as const;

async function inHand(filter: Parameters<typeof Items.find>[0], limit: number) {
  return await Items.find({ ...filter, itemType: PROMOTED }, { only: OF_OTHERS, limit });
}

/** The items that a person is the author of, or has in hand, on which the data of one day decided, whatever came since. */
export async function itemsDecidedOn(userId: string, dataDate: string): Promise<readonly Item[]> {
  const [own, inHand] = await readAll(
    () => Items.find({ staffId: userId, dataDate }),
    () => Items.find({ ownerId: userId, dataDate }),
  );
  return [...own, ...inHand.filter(({ staffId }) => staffId !== userId)].map(toItem);
}

/** The items in these states that a person is the author of, the one whose deadline comes first at the top. */
export async function itemsOfAuthor(staffId: string, states: readonly ReviewState[]): Promise<readonly Item[]> {
  const found = await readAll(...apart(states).map((state) => () => Items.find({ staffId, state })));
  return found.flat().map(toItem).sort(byDeadline);
}

/** The items in these states that a person has in hand, the one whose deadline comes first at the top. */
export async function itemsInHand(
  ownerId: string,
  states: readonly ReviewState[],
  tx?: Reads,
): Promise<readonly Item[]> {
  const parts = apart(states);
  const found = await readAll(
    ...parts.map((state) => () => Items.find({ ownerId, state }, { tx })),
    ...parts.map((state) => () => Items.find({ ...WRITTEN_BEFORE, staffId: ownerId, state }, { tx })),
  );
  return found.flat().map(toItem).sort(byDeadline);
}

/**
 * At most so much of each kind of what was promoted and is open in a person's hands, what is due first at the top: what can be put right until a
 * time that is not over, what waits for its review and had such a time, and what has none. And how much there is: an index says that.
 */
export async function openInHand(
  ownerId: string,
  now: number,
  limit: number,
): Promise<{ readonly items: readonly Item[]; readonly count: number }> {
  const [open, waiting] = [apart(LAPSING), apart(UNDER_REVIEW)];
  const kinds = [
    [open, { $gt: now }],
    [waiting, { $gt: 0 }],
    [[...open, ...waiting], { $eq: null }],
  ] as const;
  const sort = { deadlineAt: 1, submittedAt: 1 } as const;
  const filters = kinds.map(([states, until]) => states.map((state) => openBy(ownerId, state, until)));
  const [found, counts] = await Promise.all([
    Promise.all(filters.map((some) => Promise.all(some.map((filter) => Items.find(filter, { sort, limit }))))),
    Promise.all(filters.flat().map((filter) => Items.count(filter))),
  ]);
  const items = found.flatMap((parts) => parts.flat().map(toItem).sort(byUrgency).slice(0, limit));
  return { items, count: counts.reduce((sum, one) => sum + one, 0) };
}

function byUrgency(one: Item, other: Item): number {
  return byDeadline(one, other) || one.submittedAt - other.submittedAt;
}

function openBy(
  ownerId: string,
  state: ReturnType<typeof apart>[number],
  deadlineAt: { readonly $gt: number } | { readonly $eq: null },
) {
  return { ownerId, state, itemType: PROMOTED, deadlineAt };
}

/** How many items in a person's hands somebody says something against the decision of: an index says it. */
export async function countAppealing(ownerId: string): Promise<number> {
  return await Items.count({ ownerId, state: 'APPEALING' });
}

/** The items of an ISO in these states that nobody has in hand. */
export async function itemsWithoutHands(
  isoId: string,
  states: readonly ReviewState[],
  tx?: Reads,
): Promise<readonly Item[]> {
  const filter = { isoId, formerId: { $exists: true }, ownerId: { $exists: false }, state: { $in: states } } as const;
  return (await Items.find(filter, { tx })).map(toItem).sort(byDeadline);
}

/** Every item of an ISO that a person has in hand, whatever became of it, is in another's hands, or in nobody's. */
export async function passItemsOn(
  { ownerId, isoId }: { readonly ownerId: string; readonly isoId: string },
  to: string | undefined,
  tx: Transaction,
): Promise<void> {
  const change = { set: { ownerId: to ?? null, formerId: ownerId }, inc: { version: 1 } } as const;
  // what is approved was decided; what is changed by one of these is in nobody's or other hands for the next
  const theirs = [
    { ownerId, isoId, dataDate: { $exists: true } },
    ...([{ $gt: 'APPROVED' }, 'APPEALING'] as const).map((state) => ({ ownerId, isoId, state })),
    { ...WRITTEN_BEFORE, staffId: ownerId, isoId },
  ] as const;
  await Items.updateWithOthers(
    theirs.map((filter) => ({ filter, change })),
    tx,
    { all: true },
  );
}

/** Every item of an ISO that nobody has in hand and that this person had last is in their hands again. */
export async function takeItemsBack(formerId: string, isoId: string, tx: Transaction): Promise<void> {
  const change = { set: { ownerId: formerId, formerId: null }, inc: { version: 1 } } as const;
  await Items.updateAll({ isoId, formerId, ownerId: { $exists: false } }, change, { tx });
}

/** The most urgent first; what has no deadline before everything, as the store sorts it. */
function byDeadline(one: Item, other: Item): number {
  return (one.deadlineAt ?? 0) - (other.deadlineAt ?? 0);
}

/** The first deadline of all failures that can still be put right, milliseconds; none without one. */
export async function firstDeadline(): Promise<number | undefined> {
  const filter = { state: OPEN_FAILURE, deadlineAt: { $exists: true } } as const;
  const [row] = await Items.find(filter, { only: ['deadlineAt'], sort: { deadlineAt: 1 }, limit: 1 });
  return row?.deadlineAt;
}

/** Failures whose deadline has passed, and what was begun about them and not sent, whoever's they are. */
export async function itemsPastDeadline(now: number, limit: number): Promise<readonly Item[]> {
  const rows = await Items.find(
    { state: OPEN_FAILURE, deadlineAt: { $exists: true, $lte: now } },
    { sort: { deadlineAt: 1 }, limit },
  );
  return rows.map(toItem);
}

/** What of an ISO is in these states and was submitted last in that time, the earliest first. */
export async function itemsSubmitted(
  isoId: string,
  states: readonly ReviewState[],
  { from, to, limit }: Window,
): Promise<readonly Item[]> {
  const found = await Promise.all(
    apart(states).map((state) => {
      const filter = { isoId, state, submittedAt: { $gte: from, $lt: to } };
      return Items.find(filter, { sort: { submittedAt: 1 }, limit });
    }),
  );
  const items = found.flat().map(toItem);
  return found.length === 1 ? items : items.sort((one, other) => one.submittedAt - other.submittedAt).slice(0, limit);
}

/** What failed, whether or not anything was begun about it: an appeal that was not sent lapses, too. */
const TOLD_OF = { $in: [...LAPSING, 'APPEALING'] } as const;

/** When the first notice of a failure is due, milliseconds; none without one. */
export async function firstNoticeDue(): Promise<number | undefined> {
  const filter = { state: TOLD_OF, noticeAt: { $exists: true } } as const;
  const [row] = await Items.find(filter, { only: ['noticeAt'], sort: { noticeAt: 1 }, limit: 1 });
  return row?.noticeAt;
}

/** The failures of which whoever has them in hand is to be told by now, the longest due first. */
export async function noticesDue(now: number, limit: number): Promise<readonly Item[]> {
  const filter = { state: TOLD_OF, noticeAt: { $exists: true, $lte: now } } as const;
  return (await Items.find(filter, { sort: { noticeAt: 1 }, limit })).map(toItem);
}
