import { DAY_MS } from '@field/kit/calendar';
import type { EarningTally, Period } from '../../cards/review/mine.ts';
import { openAppealsAgainst, unsentAppeals } from '../../models/appeals.ts';
import type { Card } from '../../models/cards.ts';
import { findIso } from '../../models/isos.ts';
import { itemsInHand, itemsSubmittedBy } from '../../models/item-queries.ts';
import type { Item } from '../../models/item-rows.ts';
import { findItems } from '../../models/items.ts';
import { namesOf } from '../../models/people.ts';
import { productsOffered } from '../../models/programme-in-use.ts';
import { readAll } from '../../models/read-together.ts';
import type { Transaction } from '../../models/transaction.ts';
import type { TapContext } from '../../src/bot/context.ts';
import type { LoadCard } from '../../src/delivery/render-cards.ts';
import type { FeeState } from '../../src/domain/fee.ts';
import { openRemedies, type Standing, standingOf, stateAt, tallyOf } from '../../src/domain/item-standing.ts';
import type { ReviewState } from '../../src/domain/review-state.ts';
import { showItem } from './item-at-hand.ts';
import {
  byDeadline,
  isPromoted,
  isStillOpen,
  nameOf,
  OPEN_STATES,
  spotStandings,
  storeStandings,
} from './item-model.ts';
import { loadFees } from './load-item.ts';
import { reasonsOfItems } from './reasons-of-item.ts';

const DAYS: Readonly<Record<Period, number>> = { week: 7, month: 30 };
const ROWS = 6;
const FAILED: readonly ReviewState[] = ['REJECTED', 'INVALIDATED', 'MODIFYING', 'REJECTED_FINAL', 'LAPSED'];

/** `My results`, `All results`, and the switch between 7 and 30 days. */
export async function openMine(ctx: TapContext): Promise<void> {
  const month = ctx.update.params.extra.period === 'month';
  ctx.show({ view: month ? 'review.month' : 'review.mine', subject: { kind: 'person', id: ctx.person.userId } });
}

/** `Failed (2)`, `All`, and another page of either. */
export async function openList(ctx: TapContext): Promise<void> {
  const { of, page } = listNamed(`${ctx.update.params.extra.of}/${ctx.update.params.extra.page}`);
  ctx.show({ view: 'review.list', subject: { kind: 'resultList', id: `${of}/${page}` } });
}

/** `Fix Door`, or a row of a list. */
export function openItem(ctx: TapContext, item: Item): void {
  showItem(ctx, item);
}

/** `What happened`. */
export function openHistory(ctx: TapContext, { itemRef }: Item): void {
  ctx.show({ view: 'review.history', subject: { kind: 'item', id: itemRef } });
}

/** *My results* of the last 7 or 30 days. */
export function loadMine(period: Period): LoadCard {
  return async (_card, viewer, now) => {
    const [items, failed, ofColleagues] = await Promise.all([
      itemsOfPeriod(viewer.userId, period, now),
      failedItems(viewer.userId, now),
      itemsOfColleagues(viewer.userId),
    ]);
    const fees = await loadFees(items);
    return {
      name: 'review.mine',
      model: {
        period,
        stores: earning(items, 'STORE', storeStandings(items), fees),
        spots: earning(items, 'SPOT', spotStandings(items), fees),
        failed: failed.length,
        ofColleagues: ofColleagues.length,
        product: productsOffered()[0],
      },
      version: 0,
    };
  };
}

async function itemsOfPeriod(userId: string, period: Period, now: number): Promise<readonly Item[]> {
  return (await itemsSubmittedBy(userId, now - DAYS[period] * DAY_MS)).filter(isPromoted);
}

/** How these stand, and for how many of them there is a fee. */
export function earning(
  items: readonly Item[],
  type: Item['itemType'],
  standings: readonly Standing[],
  fees: ReadonlyMap<string, FeeState>,
): EarningTally {
  const earns = ({ itemType, itemRef }: Item): boolean =>
    itemType === type && ['ELIGIBLE', 'CONFIRMED'].includes(fees.get(itemRef) ?? '');
  return { ...tallyOf(standings), feeEligible: items.filter(earns).length };
}

/** What failed: first what waits for the person, the most urgent at the top; then what is over, of the last 30 days. */
async function failedItems(userId: string, now: number): Promise<readonly Item[]> {
  const [toDo, failed] = await Promise.all([itemsToDo(userId, now), itemsInHand(userId, FAILED)]);
  const known = new Set(toDo.map(({ itemRef }) => itemRef));
  const others = failed.filter(
    (item) => isPromoted(item) && !known.has(item.itemRef) && item.submittedAt >= now - DAYS.month * DAY_MS,
  );
  return [...toDo, ...others];
}

/** A page of what failed, or of everything of a period: `failed/1`, `week/2`. */
export const loadList: LoadCard = async ({ subject }: Card, viewer, now) => {
  const { of, page: wanted } = listNamed(subject.id);
  const [items, iso] = await Promise.all([
    of === 'failed' ? failedItems(viewer.userId, now) : listedItems(viewer.userId, of, now),
    viewer.isoId === undefined ? undefined : findIso(viewer.isoId),
  ]);
  const pages = Math.max(1, Math.ceil(items.length / ROWS));
  const page = Math.min(wanted, pages);
  const shown = items.slice((page - 1) * ROWS, page * ROWS);
  const others = new Map(shown.map((item) => [item.itemRef, otherThan(viewer.userId, item, now)]));
  const [names, reasons, unsent] = await Promise.all([
    namesOf([...others.values()].flatMap((userId) => userId ?? [])),
    reasonsOfItems(shown),
    unsentAmong(shown),
  ]);
  const rows = shown.map((item) => ({
    itemRef: item.itemRef,
    name: nameOf(item),
    state: stateAt(item, now, unsent.has(item.itemRef)),
    unsent: unsent.has(item.itemRef) && stateAt(item, now, true) === 'APPEALING' ? true : undefined,
    reason: reasons.get(item.itemRef)?.[0],
    deadlineAt: item.deadlineAt,
    other: names.get(others.get(item.itemRef) ?? ''),
  }));
  return { name: 'review.list', model: { of, rows, page, pages, now, timeZone: iso?.timeZone ?? 'UTC' }, version: 0 };
};

/** Those whose appeal is begun and not sent. */
async function unsentAmong(items: readonly Item[]): Promise<ReadonlySet<string>> {
  const appealing = items.filter(({ state }) => state === 'APPEALING').map(({ itemRef }) => itemRef);
  const open = await openAppealsAgainst(appealing);
  return new Set(open.flatMap(({ state, itemRef }) => (state === 'DRAFT' ? [itemRef] : [])));
}

/** Who did what the reader has in hand, or has in hand what the reader did and is still open. */
function otherThan(userId: string, item: Item, now: number): string | undefined {
  if (item.staffId !== userId) return item.staffId;
  return item.ownerId !== userId && isStillOpen(item, now) ? item.ownerId : undefined;
}

/**
 * Everything of a period that the person did, and what others did and they have in hand: what failed first, then what is under review.
 * What stands at a spot is named where it failed by itself.
 */
async function listedItems(userId: string, period: Period, now: number): Promise<readonly Item[]> {
  const order: readonly Standing[] = ['failed', 'inReview', 'approved'];
  const rank = ({ state }: Item): number => order.indexOf(standingOf(state));
  const all = (await Promise.all([itemsOfPeriod(userId, period, now), itemsOfColleagues(userId)])).flat();
  const own = all.filter(({ itemType, state }) => itemType !== 'POSM' || standingOf(state) === 'failed');
  return own.toSorted((one, other) => rank(one) - rank(other));
}

/** What others did and this person has in hand. */
async function itemsOfColleagues(userId: string): Promise<readonly Item[]> {
  const inHand = await itemsInHand(userId, OPEN_STATES);
  return inHand.filter((item) => item.staffId !== userId && isPromoted(item));
}

/** What a list's subject or button names; nothing in a tap is trusted, so anything else is the first page of what failed. */
function listNamed(id: string): { of: 'failed' | Period; page: number } {
  const [of, page] = id.split('/');
  const number = Number(page);
  return {
    of: of === 'week' || of === 'month' ? of : 'failed',
    page: Number.isInteger(number) && number > 0 && number < 1_000 ? number : 1,
  };
}

/** What failed and waits for the person, the most urgent first: nothing is begun, or what was begun is not sent. */
export async function itemsToDo(userId: string, now: number, tx?: Transaction): Promise<readonly Item[]> {
  const [failed, unsent] = await readAll(
    tx,
    () => itemsInHand(userId, ['REJECTED', 'INVALIDATED', 'MODIFYING'], tx),
    () => unsentAppeals(userId, tx),
  );
  const begun = await findItems(
    unsent.map(({ itemRef }) => itemRef),
    tx,
  );
  const writing = begun.filter((item) => item.ownerId === userId && stateAt(item, now, true) === 'APPEALING');
  return [...failed.filter((item) => isPromoted(item) && isToDo(item, now)), ...writing].sort(byDeadline);
}

function isToDo(item: Item, now: number): boolean {
  return openRemedies(item, now).length > 0 || stateAt(item, now) === 'MODIFYING';
}
