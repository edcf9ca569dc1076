import type { DoubtfulBinding } from '../../models/bindings.ts';
import { findItem, posmRef } from '../../models/items.ts';
import { findPromotion } from '../../models/promotions.ts';
import type { Spot } from '../../models/spots.ts';
import { addSubmissions } from '../../models/submissions.ts';
import type { Transaction } from '../../models/transaction.ts';
import { type CODE_STANDINGS, outgoingRow } from '../../src/daily/submission-line.ts';

/** What a version of the programme says of a code that was handed over as `unknown`. */
export interface SaidOfCode {
  readonly standing: (typeof CODE_STANDINGS)[number];
  /** What it is in full, where it counts. */
  readonly countsAs?: string | undefined;
  readonly version: number;
  readonly now: number;
}

/** Hands over what became of a code after its promotion was: a line of its own, since what was submitted never changes (domain A.12-5). */
export async function handOverCode(
  { bindingId, code, isoId, storeId, spotId }: DoubtfulBinding,
  spot: Spot | undefined,
  { standing, countsAs, version, now }: SaidOfCode,
  tx: Transaction,
): Promise<void> {
  const item = await findItem(posmRef(spotId), tx);
  const promotion = spot && (await findPromotion(spot.promotionId, tx));
  if (spot === undefined || item === undefined || promotion === undefined) return;
  const row = outgoingRow({
    itemType: 'CODE',
    itemRef: bindingId,
    revision: version,
    promotionNumber: promotion.number,
    product: spot.product,
    isoId,
    staffRef: item.staffId,
    storeRef: storeId,
    spotRef: spotId,
    against: { itemRef: item.itemRef, revision: item.revision },
    payload: code.canonicalUrl,
    standing,
    countsAs,
    submittedAt: now,
    values: {},
    photos: [],
  });
  await addSubmissions([{ ...row, isoId, programme: version, submittedAt: now }], tx);
}
