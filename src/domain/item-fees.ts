import { type FeeState, feeState } from './fee.ts';
import type { ReviewState } from './review-state.ts';

interface Reviewed {
  readonly itemRef: string;
  readonly itemType: string;
  readonly storeId: string;
  readonly spotId?: string | undefined;
  readonly state: ReviewState;
  readonly judgement?: object | undefined;
  readonly settlement?: 'CONFIRMED' | 'REVERSED' | undefined;
}

/** The best first: a store earns what any of its spots earns. */
const BEST: readonly FeeState[] = ['CONFIRMED', 'ELIGIBLE', 'REVERSED', 'NOT_ELIGIBLE'];

/**
 * The fee state of every item by its `itemRef`, from all the items of their stores. `unbound` are the spots whose Marketing Code
 * is not active. A POSM has its spot's, until a row settles its own.
 */
export function feesOf(items: readonly Reviewed[], unbound: ReadonlySet<string>): ReadonlyMap<string, FeeState> {
  const of = (type: string): Reviewed[] => items.filter(({ itemType }) => itemType === type);
  const stores = new Map(of('STORE').map((store) => [store.storeId, store]));
  const posms = new Map(of('POSM').map((posm) => [posm.spotId, posm]));
  const fees = new Map<string, FeeState>();
  for (const spot of of('SPOT')) {
    const { itemRef, storeId, spotId = itemRef, state, settlement } = spot;
    const posm = posms.get(spotId);
    const fee = feeState({
      store: stores.get(storeId)?.state,
      spot: state,
      settlement,
      bound: !unbound.has(spotId),
      posm: posm?.judgement === undefined ? undefined : posm.state,
    });
    fees.set(itemRef, fee);
    if (posm !== undefined) fees.set(posm.itemRef, posm.settlement ?? fee);
  }
  for (const { itemRef, storeId } of stores.values()) {
    const earned = of('SPOT').flatMap((spot) => (spot.storeId === storeId ? [fees.get(spot.itemRef)] : []));
    fees.set(itemRef, BEST.find((fee) => earned.includes(fee)) ?? 'NOT_ELIGIBLE');
  }
  return fees;
}
