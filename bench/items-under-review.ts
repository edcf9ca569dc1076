import type { SubmittedItem } from '../models/items.ts';

const HEADER =
  'sourceRowKey,dataDate,isoId,itemType,itemRef,submissionRevision,decision,reasonCodes,reasonText,reasonLang,' +
  'reviewerRef,decidedAt,remedy,deadlineAt,feeEligible';
/** Who promoted them, in turn. */
const STAFF = 40;

export function itemRef(n: number): string {
  return `01SPOT${String(n).padStart(20, '0')}`;
}

/** One of many spots that wait for a decision. */
export function itemLike(n: number, isoId: string): SubmittedItem {
  return {
    itemRef: itemRef(n),
    itemType: 'SPOT',
    isoId,
    staffId: `staff${n % STAFF}`,
    storeId: `store${Math.floor(n / 3)}`,
    spotId: itemRef(n),
    product: 'MARKETING_CODE',
    shop: 'Baan Coffee',
    spotType: 'CASHIER_COUNTER',
    number: 1,
    revision: 1,
    programme: 1,
    submittedAt: Date.UTC(2026, 4, 3, 5),
  };
}

/** The lines of a file that decides about so many of them; every eighth fails. */
export function* reviewFile(rows: number, isoId: string): Generator<string> {
  yield `${HEADER}\r\n`;
  for (let n = 0; n < rows; n += 1) {
    const failed = n % 8 === 0;
    const said = failed ? 'REJECTED,SPOT_PHOTO_BLURRY,,,' : 'APPROVED,,,,';
    yield `${itemRef(n)}#1@20260503,2026-05-03,${isoId},SPOT,${itemRef(n)},1,${said}reviewer-7,2026-05-04T03:00:00+08:00,,,${!failed}\r\n`;
  }
}
