import type { ItemName } from '../../../cards/review/item-name.ts';
import { SHIPPED_REASONS } from '../../support/shipped-programme.ts';
import type { Faces } from './faces.ts';

const door = { spotType: 'ENTRANCE_DOOR', number: 1 } as const;
const now = Date.UTC(2026, 10, 24, 2);
const deadlineAt = Date.UTC(2026, 10, 26, 11);
const shop: ItemName = { kind: 'store', shop: 'Baan Coffee' };
const spot: ItemName = { kind: 'spot', shop: 'Baan Coffee', spot: door };
const row = { itemRef: 'spot1', name: spot, reason: SHIPPED_REASONS.of('SPOT_NOT_FIXED'), deadlineAt } as const;
const day = {
  stores: { promoted: 3, approved: 2, failed: 0, inReview: 1 },
  spots: { promoted: 7, approved: 5, failed: 1, inReview: 1 },
};
const NOTHING = { promoted: 0, approved: 0, failed: 0, inReview: 0 } as const;

const results = {
  period: 'week',
  thisMonth: '202611',
  stores: day.stores,
  spots: day.spots,
  posms: day.spots,
  inspections: NOTHING,
  products: [{ product: 'MARKETING_CODE', spots: day.spots, posms: day.spots }],
  failed: 0,
  ofColleagues: 0,
  product: 'MARKETING_CODE',
} as const;

/** What *My results* leads to. */
export type ResultFaces = 'review.visits' | 'review.mine' | 'review.times' | 'review.shops' | 'review.shop';

export const RESULT_EXAMPLES: Faces<ResultFaces> = {
  'review.mine': {
    week: {
      ...results,
      course: {
        by: 'day',
        points: ['20261118', '20261119', '20261120', '20261121', '20261122', '20261123', '20261124'].map((at, n) => ({
          at,
          count: (n * 5) % 4,
        })),
      },
      failed: 1,
      ofColleagues: 2,
    },
    monthByNumber: {
      ...results,
      period: '202611',
      posms: { promoted: 5, approved: 3, failed: 2, inReview: 0 },
      products: [
        { product: 'MARKETING_CODE', spots: day.spots, posms: { promoted: 5, approved: 3, failed: 2, inReview: 0 } },
        { product: 'PRIMARY_POSM', spots: day.stores, posms: day.stores },
      ],
      inspections: { promoted: 3, approved: 2, failed: 0, inReview: 1 },
      course: {
        by: 'week',
        points: ['20261101', '20261102', '20261109', '20261116', '20261123'].map((at, n) => ({ at, count: n * 3 })),
      },
    },
    ever: {
      ...results,
      period: 'all',
      course: { by: 'month', points: ['202610', '202611'].map((at) => ({ at, count: 7 })) },
    },
    today: {
      ...results,
      period: 'today',
      stores: NOTHING,
      spots: NOTHING,
      posms: NOTHING,
      products: [],
      inspections: day.stores,
    },
    empty: { ...results, stores: NOTHING, spots: NOTHING, posms: NOTHING, products: [] },
    handed: { ...results, stores: NOTHING, spots: NOTHING, posms: NOTHING, products: [], ofColleagues: 2 },
  },
  'review.visits': {
    some: {
      rows: [
        { storeId: 's1', shop: 'Baan Coffee', address: 'Silom Rd 12 · Bangkok', failed: 2, unscanned: 1, sentAt: now },
        { storeId: 's3', shop: 'Lotus Tea', address: 'Silom Rd 40', failed: 0, unscanned: 2, sentAt: now },
        {
          storeId: 's2',
          shop: 'Som Tam House of Sukhumvit',
          address: '',
          failed: 0,
          unscanned: 0,
          sentAt: Date.UTC(2026, 8, 3),
        },
      ],
      next: 3,
      isFirst: false,
      timeZone: 'Asia/Bangkok',
    },
    none: { rows: [], isFirst: true, timeZone: 'Asia/Bangkok' },
  },
  'review.times': {
    all: { months: ['202611', '202610', '202609', '202608'], earlier: '202607' },
    first: { months: ['202611'] },
  },
  'review.shops': {
    first: {
      period: 'week',
      shops: [
        { storeId: 's1', shop: 'Baan Coffee', sentAt: now, of: 'spots', tally: day.spots },
        {
          storeId: 's2',
          shop: 'Som Tam House of Sukhumvit',
          sentAt: now,
          of: 'stores',
          tally: { ...NOTHING, promoted: 1, inReview: 1 },
        },
      ],
      next: '1764000000000~s2',
      isFirst: true,
      timeZone: 'Asia/Bangkok',
    },
    last: {
      period: '202611',
      shops: [
        {
          storeId: 's1',
          shop: 'Baan Coffee',
          sentAt: now,
          of: 'spots',
          tally: { ...NOTHING, promoted: 1, approved: 1 },
        },
      ],
      isFirst: false,
      timeZone: 'Asia/Bangkok',
    },
    none: { period: 'today', shops: [], isFirst: true, timeZone: 'Asia/Bangkok' },
  },
  'review.shop': {
    all: {
      period: 'week',
      storeId: 's1',
      shop: 'Baan Coffee',
      rows: [
        { ...row, name: shop, itemRef: 'store1', state: 'APPROVED', reason: undefined, submittedAt: now },
        { ...row, state: 'APPROVED', submittedAt: now },
        { ...row, itemRef: 'spot4', state: 'REJECTED', other: 'Lek Boonmee', submittedAt: now },
      ],
      page: 1,
      pages: 2,
      now,
      timeZone: 'Asia/Bangkok',
    },
  },
};
