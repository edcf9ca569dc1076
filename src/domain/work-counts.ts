import { type Standing, spotStanding, standingOf, type Tally } from './item-standing.ts';
import type { ReviewState } from './review-state.ts';
import type { StockState } from './stock-state.ts';

/** What is judged by itself, and counted by itself. */
export type CountedType = 'STORE' | 'SPOT' | 'POSM' | 'INSPECTION';

/** Of what is counted, by `<product>/<type>/<standing>`, a shop's and an inspection's product being empty; codes that stand by `/CODE/active`. */
export type Counts = Readonly<Record<string, number>>;

/** The codes that somebody bound and that stand where they bound them. */
export const ACTIVE_CODES = '/CODE/active';

/** How many of its codes were put up by somebody else than whoever had them. */
export const BOOKED_OVER = '/STOCK/bookedOver';

/** Under what an ISO counts codes of a product that are at such a place. */
export function stockKey(product: string, state: StockState): string {
  return `${product}/STOCK/${state}`;
}

/** Under what it counts whose fee waits. */
export function feeKey(of: 'SPOT' | 'INSPECTION'): string {
  return `/FEE/${of}`;
}

export interface CountedItem {
  readonly itemType: CountedType;
  readonly product?: string | undefined;
  readonly state: ReviewState;
  readonly judgement?: object | undefined;
  /** Of what was submitted last, from 1. */
  readonly revision?: number | undefined;
}

/** All that an item is counted under: as it stands, and a shop or a spot that was never sent again as a new one. */
export function keysOf(item: CountedItem, other: CountedItem | undefined): readonly string[] {
  const { itemType, revision } = item;
  const isNew = revision === 1 && (itemType === 'STORE' || itemType === 'SPOT');
  return [countedUnder(item, other), ...(isNew ? [NEW[itemType]] : [])];
}

/** What was sent for the first time, and not again since. */
export const NEW = { STORE: '/STORE/new', SPOT: '/SPOT/new' } as const;

interface Decided extends CountedItem {
  readonly judgement?: { readonly dataDate: string } | undefined;
}

/** With the results of which days (`20261123`) a shop, or a spot, is counted: of those whose data decided about it, or about what stands there. */
export function resultDaysOf(item: Decided, other: Decided | undefined): readonly string[] {
  if (item.itemType !== 'STORE' && item.itemType !== 'SPOT') return [];
  const posm = item.itemType === 'SPOT' ? other : undefined;
  return [...new Set([item, posm].flatMap((one) => one?.judgement?.dataDate ?? []))];
}

/** Under what it is counted there, of whatever product. */
export function resultKeyOf(item: Decided, other: Decided | undefined): string {
  return countKey('', item.itemType, standingWith(item, other));
}

/**
 * Under what an item is counted; `other` is what stands at the spot, or the spot at which it stands. A spot counts with what stands
 * there, and what no row named follows its spot (domain A.12-4), as on every card of results.
 */
export function countedUnder(item: CountedItem, other: CountedItem | undefined): string {
  const product = item.itemType === 'STORE' || item.itemType === 'INSPECTION' ? '' : (item.product ?? '');
  return countKey(product, item.itemType, standingWith(item, other));
}

function standingWith(item: CountedItem, other: CountedItem | undefined): Standing {
  if (item.itemType === 'SPOT') return spotStanding(item, other);
  const follows = item.itemType === 'POSM' && item.judgement === undefined;
  return standingOf(follows && other !== undefined ? other.state : item.state);
}

function countKey(product: string, type: CountedType, standing: Standing): string {
  return `${product}/${type}/${standing}`;
}

/** How many of a type there are and how they stand; of every product, or of one. */
export function tallyIn(counts: Counts, type: CountedType, product?: string): Tally {
  const of = (standing: Standing): number =>
    Object.entries(counts).reduce((sum, [key, count]) => {
      const [ofProduct, ofType, stands] = key.split('/');
      const isMeant = ofType === type && stands === standing && (product === undefined || ofProduct === product);
      return isMeant ? sum + count : sum;
    }, 0);
  const [approved, failed, inReview] = [of('approved'), of('failed'), of('inReview')];
  return { promoted: approved + failed + inReview, approved, failed, inReview };
}

/** Several of them together; what came to nothing is left out. */
export function sumOfCounts(all: readonly Counts[]): Counts {
  const sum = new Map<string, number>();
  for (const counts of all)
    for (const [key, count] of Object.entries(counts)) sum.set(key, (sum.get(key) ?? 0) + count);
  return Object.fromEntries([...sum].filter(([, count]) => count > 0));
}

/** Of which products anything is counted: those that are `offered` in their order, then others. */
export function productsIn(counts: Counts, offered: readonly string[]): readonly string[] {
  const all = new Set(Object.keys(counts).flatMap((key) => key.split('/')[0] || []));
  return [...offered.filter((product) => all.has(product)), ...[...all].filter((one) => !offered.includes(one)).sort()];
}
