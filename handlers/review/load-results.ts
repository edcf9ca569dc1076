import type { EarningTally, Period } from '../../cards/review/my-results.ts';
import type { Card } from '../../models/cards.ts';
import { itemsInState, itemsSubmittedBy } from '../../models/item-queries.ts';
import type { Item } from '../../models/item-rows.ts';
import type { LoadCard } from '../../src/delivery/render-cards.ts';
import type { FeeState } from '../../src/domain/fee.ts';
import { type Standing, standingOf, stateAt, tallyOf } from '../../src/domain/item-standing.ts';
import type { ReviewState } from '../../src/domain/review-state.ts';
import { loadFees } from './fees.ts';
import { isPromoted, nameOf, reasonOfItem } from './item-model.ts';
import { itemsToDo } from './items-to-do.ts';
import { spotStandings, storeStandings } from './spots-of-items.ts';

const DAY_MS = 24 * 3_600_000;
const DAYS: Readonly<Record<Period, number>> = { week: 7, month: 30 };
const ROWS = 6;
const FAILED: readonly ReviewState[] = ['REJECTED', 'INVALIDATED', 'MODIFYING', 'REJECTED_FINAL', 'LAPSED'];

/** *My results* of the last 7 or 30 days. */
export function loadMine(period: Period): LoadCard {
  return async (_card, viewer, now) => {
    const items = await itemsOfPeriod(viewer.userId, period, now);
    const fees = await loadFees(items);
    return {
      name: 'review.mine',
      model: {
        period,
        stores: earning(items, 'STORE', storeStandings(items), fees),
        spots: earning(items, 'SPOT', spotStandings(items), fees),
        failed: (await failedItems(viewer.userId, now)).length,
      },
      version: 0,
    };
  };
}

async function itemsOfPeriod(userId: string, period: Period, now: number): Promise<readonly Item[]> {
  return (await itemsSubmittedBy(userId, now - DAYS[period] * DAY_MS)).filter(isPromoted);
}

function earning(
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
  const toDo = await itemsToDo(userId, now);
  const known = new Set(toDo.map(({ itemRef }) => itemRef));
  const others = (await itemsInState(userId, FAILED)).filter(
    (item) => isPromoted(item) && !known.has(item.itemRef) && item.submittedAt >= now - DAYS.month * DAY_MS,
  );
  return [...toDo, ...others];
}

/** A page of what failed, or of everything of a period: `failed/1`, `week/2`. */
export const loadList: LoadCard = async ({ subject }: Card, viewer, now) => {
  const { of, page: wanted } = listNamed(subject.id);
  const items = of === 'failed' ? await failedItems(viewer.userId, now) : await listedItems(viewer.userId, of, now);
  const pages = Math.max(1, Math.ceil(items.length / ROWS));
  const page = Math.min(wanted, pages);
  const rows = items.slice((page - 1) * ROWS, page * ROWS).map((item) => ({
    ...{ itemRef: item.itemRef, name: nameOf(item), state: stateAt(item, now) },
    ...{ reason: reasonOfItem(item), deadlineAt: item.deadlineAt },
  }));
  return { name: 'review.list', model: { of, rows, page, pages, now }, version: 0 };
};

/** Everything of a period: what failed first, then what is under review. What stands at a spot is named where it failed by itself. */
async function listedItems(userId: string, period: Period, now: number): Promise<readonly Item[]> {
  const order: readonly Standing[] = ['failed', 'inReview', 'approved'];
  const rank = ({ state }: Item): number => order.indexOf(standingOf(state));
  const all = await itemsOfPeriod(userId, period, now);
  const own = all.filter(({ itemType, state }) => itemType !== 'POSM' || standingOf(state) === 'failed');
  return own.toSorted((one, other) => rank(one) - rank(other));
}

/** What a list's subject or button names; nothing in a tap is trusted, so anything else is the first page of what failed. */
export function listNamed(id: string): { of: 'failed' | Period; page: number } {
  const [of, page] = id.split('/');
  const number = Number(page);
  return {
    of: of === 'week' || of === 'month' ? of : 'failed',
    page: Number.isInteger(number) && number > 0 && number < 1_000 ? number : 1,
  };
}
