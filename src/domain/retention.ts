import type { FeeState } from './fee.ts';
import { feesOf } from './item-fees.ts';
import { stateAt } from './item-standing.ts';
import type { ReviewState } from './review-state.ts';

/** How long what is over is kept (data 6). */
export interface Retention {
  /** The audit, what *What happened* shows, records in the chat. At least 24. */
  readonly recordsMonths: number;
  /** A photo, from the day on which nothing waits for what it shows: its review is over, its fee settled. */
  readonly photosMonths: number;
  /** A promotion in the making that nobody goes on with. */
  readonly draftsDays: number;
  /** What only carried work on: folded cards, sent jobs, applied pictures, drafts that are over. */
  readonly cardsDays: number;
  /** Files that went out, and files that were landed. */
  readonly filesDays: number;
  /** An event of the webhooks, taken by its receiver or not. */
  readonly webhooksDays: number;
}

/** The same time of day so many calendar months before, UTC; the last day of a month that is shorter. */
export function monthsBefore(at: number, months: number): number {
  const date = new Date(at);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() - months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, last));
  return date.getTime();
}

/** What is known of an item by which its review is over or not. */
export interface ReviewedItem {
  readonly itemRef: string;
  readonly itemType: string;
  readonly storeId: string;
  readonly spotId?: string | undefined;
  readonly state: ReviewState;
  readonly submittedAt: number;
  readonly deadlineAt?: number | undefined;
  readonly judgement?: { readonly decidedAt: number } | undefined;
  readonly settlement?: 'CONFIRMED' | 'REVERSED' | undefined;
  /** `20260503/fee-7`. */
  readonly settledBy?: string | undefined;
}

/**
 * Since when nothing waits for these items any more, milliseconds, by `itemRef`; what is left out something waits for: a review, a
 * remedy, an appeal, a fee that is earned and not settled. `items` are all those of their stores; `unbound` as for `feesOf`. A spot
 * is over with its POSM and its store, a store with all its spots.
 */
export function overSince(
  items: readonly ReviewedItem[],
  unbound: ReadonlySet<string>,
  now: number,
): ReadonlyMap<string, number> {
  const fees = feesOf(items, unbound);
  const reviewed = new Map(items.map((item) => [item.itemRef, reviewOverSince(item, items, now)]));
  const spots = new Map<string, number | undefined>();
  for (const { itemRef, itemType, spotId = itemRef, storeId } of items) {
    if (itemType !== 'SPOT') continue;
    const parts = items.filter(
      (item) => item.spotId === spotId || item.itemRef === storeId || item.itemRef === itemRef,
    );
    spots.set(spotId, latest(parts.map((part) => feeOverSince(part, fees, reviewed.get(part.itemRef)))));
  }
  const over = items.map(({ itemRef, itemType, spotId, storeId }) => {
    if (itemType === 'SPOT' || itemType === 'POSM') return [itemRef, spots.get(spotId ?? itemRef)] as const;
    const own = reviewed.get(itemRef);
    if (itemType !== 'STORE') return [itemRef, own] as const;
    const doors = items.flatMap((item) =>
      item.itemType === 'SPOT' && item.storeId === storeId ? [spots.get(item.spotId ?? item.itemRef)] : [],
    );
    return [itemRef, latest([own, ...doors])] as const;
  });
  return new Map(over.flatMap(([itemRef, at]) => (at === undefined ? [] : [[itemRef, at] as const])));
}

/** A POSM that no row named follows its spot. */
function reviewOverSince(item: ReviewedItem, all: readonly ReviewedItem[], now: number): number | undefined {
  if (item.itemType === 'POSM' && item.judgement === undefined) {
    const spot = all.find(({ itemType, spotId }) => itemType === 'SPOT' && spotId === item.spotId);
    if (spot !== undefined) return reviewOverSince(spot, all, now);
  }
  const { submittedAt, judgement, deadlineAt = 0 } = item;
  const decidedAt = Math.max(submittedAt, judgement?.decidedAt ?? 0);
  switch (stateAt(item, now)) {
    case 'APPROVED':
    case 'REJECTED_FINAL':
      return decidedAt;
    case 'LAPSED':
      return Math.max(decidedAt, deadlineAt);
    case 'PENDING':
    case 'REJECTED':
    case 'INVALIDATED':
    case 'MODIFYING':
    case 'APPEALING':
      return undefined;
  }
}

function feeOverSince(
  { itemRef, itemType, settledBy }: ReviewedItem,
  fees: ReadonlyMap<string, FeeState>,
  reviewedSince: number | undefined,
): number | undefined {
  if (itemType !== 'SPOT' || reviewedSince === undefined) return reviewedSince;
  if (fees.get(itemRef) === 'ELIGIBLE') return undefined;
  const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)\//.exec(settledBy ?? '') ?? [];
  // the day after: it was settled at some time of that day, somewhere
  const settledAt = day === undefined ? 0 : Date.UTC(Number(year), Number(month) - 1, Number(day) + 1);
  return Math.max(reviewedSince, settledAt);
}

function latest(times: readonly (number | undefined)[]): number | undefined {
  return times.reduce((one, other) => (one === undefined || other === undefined ? undefined : Math.max(one, other)), 0);
}
