import { present } from '@field/kit/present';
import { posmRef } from '../../models/items.ts';
import type { LineFacts, LineValues } from '../../src/daily/submission-line.ts';
import type { Submission, SubmittedSpot } from '../../src/flow/engine.ts';

/** Whose lines they are, the same on each. */
export interface LineHead {
  readonly promotionNumber: string;
  readonly product: string;
  readonly isoId: string;
  readonly staffRef: string;
  readonly storeRef: string;
  /** Milliseconds. */
  readonly submittedAt: number;
}

export type SpotWithId = SubmittedSpot & { readonly spotId: string };

/** The store with its merchant supplement, as it is handed over. */
export function storeLine(
  head: LineHead,
  { itemRef, revision }: { readonly itemRef: string; readonly revision: number },
  { store, merchant }: Pick<Submission, 'store' | 'merchant'>,
): LineFacts {
  const { storefront, storeId: _id, more, ...values } = store;
  const { licence, more: moreOfMerchant, ...business } = merchant;
  return {
    ...head,
    itemType: 'STORE',
    itemRef,
    revision,
    values: { ...values, ...more } as LineValues,
    merchant: { ...business, ...moreOfMerchant } as LineValues,
    photos: [
      { role: 'storefront', sha256: storefront.sha256 },
      ...(licence === undefined ? [] : [{ role: 'licence', sha256: licence.sha256 }]),
    ],
  };
}

/** A spot as it is handed over: where it is, and both of its photos. */
export function spotLine(head: LineHead, revision: number, spot: SpotWithId): LineFacts {
  const { spotId, spotType, number, fixedSecurely, context, closeup } = spot;
  return {
    ...head,
    itemType: 'SPOT',
    itemRef: spotId,
    revision,
    values: { spotType, number, fixedSecurely, deployedAt: new Date(context.at).toISOString() },
    photos: [
      { role: 'context', sha256: context.sha256 },
      { role: 'closeup', sha256: closeup.sha256 },
    ],
  };
}

/** What stands at a spot as it is handed over: its code or its kind, how many, and the close-up that shows it. */
export function posmLine(
  head: LineHead,
  revision: number,
  { spotId, code, posmForm, quantity, closeup }: SpotWithId,
): LineFacts {
  return {
    ...head,
    itemType: 'POSM',
    itemRef: posmRef(spotId),
    revision,
    spotRef: spotId,
    values: present({ posmForm, quantity }),
    code: code && { payload: code.canonicalUrl, method: code.method },
    photos: [{ role: 'closeup', sha256: closeup.sha256 }],
  };
}
