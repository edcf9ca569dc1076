import { statesOf } from '../src/domain/moves.ts';
import { LAPSING, REVIEW_MOVES, type ReviewState } from '../src/domain/review-state.ts';
import { allIsos } from './isos.ts';
import { type Item, type ItemJudgement, Items, toItem } from './item-rows.ts';
import { WRITTEN_BEFORE } from './owners.ts';
import { FIRST_VERSION } from './programme-in-use.ts';
import { readAll } from './read-together.ts';
import { inOrder } from './stored-order.ts';
import type { Transaction } from './transaction.ts';
import type { Window } from './whole-moments.ts';

/** The items of an ISO on which the data of one day decided, whatever came since. */
export async function itemsOfIsoDecidedOn(isoId: string, dataDate: string, tx?: Transaction): Promise<readonly Item[]> {
  return (await Items.find({ isoId, dataDate }, { tx })).map(toItem);
}

/** The items of an ISO that are under review. */
export async function itemsOfIsoUnderReview(isoId: string, tx?: Transaction): Promise<readonly Item[]> {
  return (await Items.find({ isoId, state: { $in: UNDER_REVIEW } }, { tx })).map(toItem);
}

const UNDER_REVIEW: readonly ReviewState[] = ['PENDING', 'APPEALING'];

/** What failed and can still be put right, as long as its deadline has not passed: nobody notes that it has. */
const OPEN_FAILURE = { $in: LAPSING };

const PROMOTED = { $in: ['STORE', 'SPOT', 'POSM'] } as const;

/** How many failures of what an ISO promoted can be put right only until `before`. */
export async function deadlinesBetween(isoId: string, now: number, before: number, tx?: Transaction): Promise<number> {
  // the index has what has a deadline alone, and not every server sees that a bound means that
  const deadlineAt = { $exists: true, $gt: now, $lt: before };
  return await Items.count({ isoId, state: OPEN_FAILURE, deadlineAt, itemType: PROMOTED }, { tx });
}

/** How many failures of what an ISO promoted, by the data of days before this one (`YYYYMMDD`), can still be put right. */
export async function countOldFailures(isoId: string, now: number, day: string, tx?: Transaction): Promise<number> {
  const open = { isoId, state: OPEN_FAILURE, $or: inTime(now) };
  return await Items.count({ ...open, dataDate: { $exists: true, $lt: day }, itemType: PROMOTED }, { tx });
}

const FAILURE = [
  ...(['itemRef', 'itemType', 'ownerId', 'shop', 'spotType', 'number', 'product', 'deadlineAt'] as const),
  ...(['programme', 'decision', 'reasonCodes', 'judgedUnder'] as const),
] as const;

/** What is counted and listed of a failure; an ISO may have thousands. */
export interface OpenFailure
  extends Pick<
    Item,
    'itemRef' | 'itemType' | 'ownerId' | 'shop' | 'spotType' | 'number' | 'product' | 'deadlineAt' | 'programme'
  > {
  readonly judgement?: Pick<ItemJudgement, 'decision' | 'reasonCodes' | 'programme'> | undefined;
}

/** The failures of an ISO that can still be put right, the most urgent first. */
export async function openFailures(isoId: string, now: number): Promise<readonly OpenFailure[]> {
  const rows = await Items.find({ isoId, state: OPEN_FAILURE, $or: inTime(now) }, { only: FAILURE });
  const failures = rows.map(({ programme = FIRST_VERSION, decision, reasonCodes = [], judgedUnder, ...row }) => {
    const judgement = decision && { decision, reasonCodes, programme: judgedUnder };
    return { ...row, programme, judgement };
  });
  return inOrder<OpenFailure & Readonly<Record<string, unknown>>>(failures, { deadlineAt: 1, itemRef: 1 });
}

function inTime(now: number) {
  return [{ deadlineAt: { $gt: now } }, { deadlineAt: { $exists: false } }];
}

/** The spots, or the inspections, of an ISO that are approved and no settlement row was about yet. */
export async function approvedUnsettled(isoId: string, itemType: 'SPOT' | 'INSPECTION'): Promise<readonly Item[]> {
  return (await Items.find({ isoId, itemType, state: 'APPROVED', settlement: { $eq: null } })).map(toItem);
}

/** How many failures of all ISOs that can still be put right were given one of these reasons. */
export async function countFailuresFor(reasonCodes: readonly string[], now: number): Promise<number> {
  const isoIds = (await allIsos()).map(({ isoId }) => isoId);
  const open = { isoId: { $in: isoIds }, state: OPEN_FAILURE, $or: inTime(now) };
  return await Items.count({ ...open, reasonCodes: { $in: reasonCodes } });
}

/** An index of times begins with them. */
const ANY_STATE = { $in: statesOf(REVIEW_MOVES) };

/** Of each item of an ISO whose last revision was submitted in a period (milliseconds, the end not included): what and whose. */
export async function submittedBetween(
  isoId: string,
  from: number,
  to: number,
): Promise<readonly Pick<Item, 'itemType' | 'staffId' | 'revision'>[]> {
  return await Items.find(
    { isoId, state: ANY_STATE, submittedAt: { $gte: from, $lt: to } },
    { only: ['itemType', 'staffId', 'revision'] },
  );
}

/** Whether anything of an ISO that was submitted before `at` still waits for its review. */
export async function waitsForReview(isoId: string, at: number): Promise<boolean> {
  const filter = { isoId, state: { $in: ['PENDING', 'APPEALING'] as const }, submittedAt: { $lt: at } };
  return (await Items.findOne(filter, { only: ['itemRef'] })) !== undefined;
}

/** What a person is the author of, by its last revision, that was submitted since then, milliseconds; newest first. */
export async function itemsSubmittedBy(staffId: string, since: number): Promise<readonly Item[]> {
  const rows = await Items.find({ staffId, submittedAt: { $gte: since } }, { sort: { submittedAt: -1 } });
  return rows.map(toItem);
}

/** The latest first, what somebody was the last to send in a time, milliseconds, the end not included: where that was. */
export async function sentBy(
  staffId: string,
  {
    from,
    to,
    skip,
    limit,
  }: { readonly from: number; readonly to: number; readonly skip: number; readonly limit: number },
): Promise<readonly Pick<Item, 'isoId' | 'storeId'>[]> {
  const filter = { staffId, submittedAt: { $gte: from, $lt: to } };
  return await Items.find(filter, { only: ['isoId', 'storeId'], sort: { submittedAt: -1 }, skip, limit });
}

/** The earliest first, what somebody was the last to send before a time, milliseconds. */
export async function sentLongAgo(staffId: string, before: number, limit: number): Promise<readonly SentItem[]> {
  return await Items.find({ staffId, submittedAt: { $lt: before } }, { only: WHERE, sort: { submittedAt: 1 }, limit });
}

const WHERE = ['isoId', 'itemType', 'storeId'] as const;

/** Where something was sent. */
type SentItem = Pick<Item, (typeof WHERE)[number]>;

/** Of what somebody sent what failed for good, at most so much for either reason, the one whose deadline passed last first. */
export async function lostBy(staffId: string, limit: number): Promise<readonly SentItem[]> {
  const found = await Promise.all(
    (['LAPSED', 'REJECTED_FINAL'] as const).map((state) =>
      Items.find({ staffId, state }, { only: WHERE, sort: { deadlineAt: -1 }, limit }),
    ),
  );
  return found.flat();
}

/** So many of what somebody has under review are looked through: of more, what is not looked at is not counted. */
const MOST_UNDER_REVIEW = 1_000;

/**
 * Some of what is under review, that somebody has in hand and another did, by `itemRef`. Whose they are is looked at here: a store that is
 * asked for it reads what everybody else sent.
 */
export async function someOfColleagues(ownerId: string, limit: number): Promise<readonly string[]> {
  const inHand = { ownerId, state: { $in: UNDER_REVIEW }, itemType: PROMOTED };
  const found = await Items.find(inHand, { only: ['itemRef', 'staffId'], limit: MOST_UNDER_REVIEW });
  return found.flatMap(({ itemRef, staffId }) => (staffId === ownerId ? [] : [itemRef])).slice(0, limit);
}

/** Some of what `failuresInHand` are and was promoted, by `itemRef`. */
export async function someFailures(ownerId: string, since: number, limit: number): Promise<readonly string[]> {
  const own = { ownerId, itemType: PROMOTED } as const;
  const found = await Promise.all([
    Items.find({ ...own, state: { $in: FAILED }, deadlineAt: { $gte: since } }, { only: ['itemRef'], limit }),
    Items.find({ ...own, state: OPEN_FAILURE, deadlineAt: { $eq: null } }, { only: ['itemRef'], limit }),
    Items.find(
      { ...own, state: 'REJECTED_FINAL', deadlineAt: { $eq: null }, submittedAt: { $gte: since } },
      { only: ['itemRef'], limit },
    ),
  ]);
  return found.flat().map(({ itemRef }) => itemRef);
}

/**
 * Of what somebody has in hand and failed at most so many of each: what can still be put right, the most urgent first; what has no deadline; what
 * was over since then, milliseconds, the latest first; and what failed for good and was sent since then.
 */
export async function failuresInHand(
  ownerId: string,
  { since, now, limit }: { readonly since: number; readonly now: number; readonly limit: number },
): Promise<readonly Item[]> {
  const over = { ownerId, state: { $in: FAILED }, deadlineAt: { $gte: since, $lte: now } };
  const final = { ownerId, state: 'REJECTED_FINAL', deadlineAt: { $eq: null }, submittedAt: { $gte: since } } as const;
  const found = await Promise.all([
    Items.find({ ownerId, state: OPEN_FAILURE, deadlineAt: { $gt: now } }, { sort: { deadlineAt: 1 }, limit }),
    Items.find({ ownerId, state: OPEN_FAILURE, deadlineAt: { $eq: null } }, { limit }),
    Items.find(over, { sort: { deadlineAt: -1 }, limit }),
    Items.find(final, { limit }),
  ]);
  return found.flat().map(toItem);
}

const FAILED: readonly ReviewState[] = ['REJECTED', 'INVALIDATED', 'MODIFYING', 'REJECTED_FINAL', 'LAPSED'];

/** The items that a person is the author of, or has in hand, on which the data of one day decided, whatever came since. */
export async function itemsDecidedOn(userId: string, dataDate: string, tx: Transaction): Promise<readonly Item[]> {
  const own = await Items.find({ staffId: userId, dataDate }, { tx });
  const inHand = await Items.find({ ownerId: userId, dataDate }, { tx });
  return [...own, ...inHand.filter(({ staffId }) => staffId !== userId)].map(toItem);
}

/** The items in these states that a person is the author of, the one whose deadline comes first at the top. */
export async function itemsOfAuthor(
  staffId: string,
  states: readonly ReviewState[],
  tx?: Transaction,
): Promise<readonly Item[]> {
  const rows = await Items.find({ staffId, state: { $in: states } }, { sort: { deadlineAt: 1 }, tx });
  return rows.map(toItem);
}

/** The items in these states that a person has in hand, the one whose deadline comes first at the top. */
export async function itemsInHand(
  ownerId: string,
  states: readonly ReviewState[],
  tx?: Transaction,
): Promise<readonly Item[]> {
  const state = { $in: states };
  const [known, before] = await readAll(
    tx,
    () => Items.find({ ownerId, state }, { tx }),
    () => Items.find({ ...WRITTEN_BEFORE, staffId: ownerId, state }, { tx }),
  );
  return [...known, ...before].map(toItem).sort(byDeadline);
}

/** The items of an ISO in these states that nobody has in hand. */
export async function itemsWithoutHands(
  isoId: string,
  states: readonly ReviewState[],
  tx?: Transaction,
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
  await Items.updateAll({ ownerId, isoId }, change, { tx });
  await Items.updateAll({ ...WRITTEN_BEFORE, staffId: ownerId, isoId }, change, { tx });
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
  const filter = { isoId, state: { $in: states }, submittedAt: { $gte: from, $lt: to } };
  return (await Items.find(filter, { sort: { submittedAt: 1 }, limit })).map(toItem);
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
