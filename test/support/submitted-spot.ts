import type { SubmittedItem } from '../../models/items.ts';

/** A spot of `nok` in the ISO `iso` as it was submitted, but for what is said otherwise. */
export function submittedSpot(
  itemRef: string,
  change: Partial<SubmittedItem> & Pick<SubmittedItem, 'submittedAt'>,
): SubmittedItem {
  return {
    itemRef,
    itemType: 'SPOT',
    isoId: 'iso',
    staffId: 'nok',
    storeId: 'store',
    spotId: itemRef,
    product: 'MARKETING_CODE',
    shop: 'Baan Coffee',
    spotType: 'ENTRANCE_DOOR',
    number: 1,
    revision: 1,
    programme: 1,
    ...change,
  };
}
