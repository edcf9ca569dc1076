import { present } from '@field/kit/present';
import type { SpotCode } from '../../src/flow/draft.ts';
import type { FailedItem } from '../../src/flow/engine.ts';
import { MARKETING_CODE_FLOW } from '../support/shipped-programme.ts';
import { payload, serial } from './shop.ts';

export const OLD_CODE: SpotCode = {
  codeId: serial(0),
  canonicalUrl: payload(0),
  short: serial(0).slice(-4),
  method: 'PHOTO_DECODE',
  ownership: 'free',
};

const common = { revision: 1, storeId: 'store', shop: 'Baan Coffee', countryRegion: 'TH', codeFailed: false } as const;

/** A shop as it was submitted. */
export function failedStore(asks: readonly string[]): FailedItem {
  return {
    ...common,
    flow: MARKETING_CODE_FLOW,
    itemRef: 'store',
    itemType: 'STORE',
    asks,
    answers: {
      store: {
        nameLocal: 'Baan Coffee',
        address: 'Silom Rd 12',
        city: 'Bangkok',
        paysWith: 'ALIPAY_ONLY',
        managerName: 'Somchai',
        consent: true,
        openingHours: '9-21',
      },
      merchant: { tradingName: 'Baan', contactName: 'Somchai', contactPhoneOrEmail: '+66812345678' },
    },
    photos: [{ slot: 'storefront', photoId: 'old-front', sha256: 'old-front', at: 1 }],
  };
}

/** A spot of a shop, or what stands there, as it was submitted: the second door of it. */
export function failedAtDoor(
  itemType: 'SPOT' | 'POSM',
  asks: readonly string[],
  change: Partial<FailedItem> = {},
): FailedItem {
  const { flow = MARKETING_CODE_FLOW } = change;
  const coded = flow === MARKETING_CODE_FLOW;
  const posmForm = coded ? undefined : 'POSTER';
  const answers = present({ spotType: 'ENTRANCE_DOOR', fixedSecurely: false, quantity: 2, posmForm });
  return {
    ...common,
    flow,
    itemRef: itemType === 'SPOT' ? 'spot' : 'spot.posm',
    itemType,
    spotId: 'spot',
    asks,
    answers: {},
    label: { spotType: 'ENTRANCE_DOOR', number: 2 },
    others: [
      { spotType: 'ENTRANCE_DOOR', number: 1 },
      { spotType: 'WALL', number: 1 },
    ],
    spot: { answers, codes: coded ? [OLD_CODE] : [] },
    photos: [
      { slot: 'context', photoId: 'old-context', sha256: 'old-context', at: 1 },
      { slot: 'closeup', photoId: 'old-closeup', sha256: 'old-closeup', at: 1 },
    ],
    ...change,
  };
}
