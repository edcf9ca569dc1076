import { describe, expect, it } from 'vitest';
import { type CountedItem, reviewNumbers } from '../../src/domain/review-numbers.ts';
import { SHIPPED_REASONS } from '../support/shipped-programme.ts';

const numbers = (items: readonly CountedItem[]) => reviewNumbers(items, () => SHIPPED_REASONS);

const store = (itemRef: string, change: Partial<CountedItem> = {}): CountedItem => ({
  itemRef,
  itemType: 'STORE',
  spotId: undefined,
  decision: 'APPROVED',
  reasonCodes: [],
  revision: 1,
  readUnder: 1,
  ...change,
});
const spot = (spotId: string, change: Partial<CountedItem> = {}): CountedItem =>
  store(spotId, { itemType: 'SPOT', spotId, ...change });

describe('the numbers of a review', () => {
  it('count stores and spots apart, and an inspection not at all', () => {
    const inspection = store('task', { itemType: 'INSPECTION' });
    expect(numbers([store('s1'), store('s2', { decision: undefined }), spot('a'), inspection])).toEqual({
      stores: { promoted: 2, approved: 1, failed: 0, inReview: 1, again: 0 },
      spots: { promoted: 1, approved: 1, failed: 0, inReview: 0, again: 0 },
      reasons: [],
    });
  });

  it('count a spot as failed when the POSM at it has failed, and only once', () => {
    const posm = { itemRef: 'a.posm', itemType: 'POSM', decision: 'REJECTED', reasonCodes: ['CODE_VOID'] } as const;
    for (const items of [
      [spot('a'), spot('a', posm)],
      [spot('a', posm), spot('a')],
    ]) {
      expect(numbers(items)).toMatchObject({
        spots: { promoted: 1, approved: 0, failed: 1 },
        reasons: [{ code: 'CODE_VOID', readUnder: 1, count: 1 }],
      });
    }
  });

  it('say how many were sent again, a spot once with what stands at it', () => {
    const posm = { itemRef: 'a.posm', itemType: 'POSM', revision: 2 } as const;
    const items = [
      store('s1', { revision: 3 }),
      store('s2'),
      spot('a', posm),
      spot('a'),
      spot('b'),
      spot('c', { revision: 2 }),
    ];
    expect(numbers(items)).toMatchObject({ stores: { promoted: 2, again: 1 }, spots: { promoted: 3, again: 2 } });
  });

  it('name reasons by how often they came, an unknown one as OTHER', () => {
    const failed = (spotId: string, ...reasonCodes: string[]) => spot(spotId, { decision: 'REJECTED', reasonCodes });
    const later = { ...failed('c', 'SPOT_NOT_FIXED', 'CODE_VOID'), readUnder: 3 };
    const items = [later, failed('a', 'SPOT_NOT_FIXED'), failed('b', 'BRAND_NEW')];
    expect(numbers([...items, failed('d', 'FRAUD_SUSPECTED')]).reasons).toEqual([
      { code: 'OTHER', readUnder: 1, count: 2 },
      { code: 'SPOT_NOT_FIXED', readUnder: 3, count: 2 },
    ]);
  });
});
