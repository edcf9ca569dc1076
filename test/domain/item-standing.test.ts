import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { feesOf } from '../../src/domain/item-fees.ts';
import { openRemedies, spotStanding, standingOf, stateAt, tallyOf } from '../../src/domain/item-standing.ts';
import { statesOf } from '../../src/domain/moves.ts';
import { REVIEW_MOVES, type ReviewState } from '../../src/domain/review-state.ts';

const anyState = fc.constantFrom(...statesOf(REVIEW_MOVES));
const judgement = { remedy: undefined };

describe('a failure', () => {
  it('lapses at its deadline, noted or not; nothing else ever does (domain A.12-18)', () => {
    fc.assert(
      fc.property(anyState, fc.integer({ min: 0, max: 10 }), (state, now) => {
        const lapses = now >= 5 && ['REJECTED', 'INVALIDATED', 'MODIFYING'].includes(state);
        expect(stateAt({ state, deadlineAt: 5 }, now)).toBe(lapses ? 'LAPSED' : state);
        expect(stateAt({ state, deadlineAt: undefined }, now)).toBe(state);
      }),
    );
  });

  it('offers the advised way first until its deadline, and nothing while one is under way', () => {
    const item = { state: 'REJECTED', deadlineAt: 5, judgement } as const;
    expect(openRemedies(item, 4, 'MODIFY')).toEqual(['MODIFY', 'APPEAL']);
    expect(openRemedies(item, 5)).toEqual([]);
    expect(openRemedies({ ...item, judgement: { ...judgement, remedy: 'NONE' } }, 4, 'MODIFY')).toEqual([]);
    for (const state of ['PENDING', 'APPROVED', 'MODIFYING', 'APPEALING', 'REJECTED_FINAL', 'LAPSED'] as const) {
      expect(openRemedies({ ...item, state }, 4), state).toEqual([]);
    }
  });
});

describe('a spot', () => {
  it('counts as failed where the spot or what stands there failed, as approved only where both are', () => {
    fc.assert(
      fc.property(anyState, anyState, (spot, posm) => {
        const both = [standingOf(spot), standingOf(posm)];
        const expected = both.includes('failed') ? 'failed' : both.includes('inReview') ? 'inReview' : 'approved';
        expect(spotStanding({ state: spot, judgement }, { state: posm, judgement })).toBe(expected);
      }),
    );
  });

  it('stands by itself as long as no row named what stands there', () => {
    expect(spotStanding({ state: 'APPROVED', judgement }, { state: 'PENDING', judgement: undefined })).toBe('approved');
    expect(spotStanding({ state: 'APPROVED', judgement }, undefined)).toBe('approved');
  });

  it('is counted once', () => {
    expect(tallyOf(['approved', 'failed', 'approved', 'inReview'])).toEqual({
      promoted: 4,
      approved: 2,
      failed: 1,
      inReview: 1,
    });
  });
});

describe('the fees of a store', () => {
  const reviewed = (itemRef: string, itemType: string, state: ReviewState, spotId?: string) => ({
    itemRef,
    itemType,
    state,
    storeId: 'store',
    spotId,
    judgement,
    settlement: undefined,
  });
  const items = [
    reviewed('store', 'STORE', 'APPROVED'),
    reviewed('a', 'SPOT', 'APPROVED', 'a'),
    reviewed('a.posm', 'POSM', 'APPROVED', 'a'),
    reviewed('b', 'SPOT', 'APPROVED', 'b'),
    reviewed('b.posm', 'POSM', 'REJECTED', 'b'),
  ];

  it('are those of its spots, each as its store, spot and POSM stand (domain A.12-4)', () => {
    expect(Object.fromEntries(feesOf(items, new Set()))).toEqual({
      store: 'ELIGIBLE',
      a: 'ELIGIBLE',
      'a.posm': 'ELIGIBLE',
      b: 'NOT_ELIGIBLE',
      'b.posm': 'NOT_ELIGIBLE',
    });
  });

  it('wait for an active code, and for the store', () => {
    expect(feesOf(items, new Set(['a'])).get('a')).toBe('NOT_ELIGIBLE');
    const rejected = items.map((one) => (one.itemRef === 'store' ? { ...one, state: 'REJECTED' as const } : one));
    expect([...feesOf(rejected, new Set()).values()].every((fee) => fee === 'NOT_ELIGIBLE')).toBe(true);
  });

  it('stay what they were settled as', () => {
    const settled = items.map((one) => (one.itemRef === 'a' ? { ...one, settlement: 'CONFIRMED' as const } : one));
    expect(feesOf(settled, new Set(['a'])).get('store')).toBe('CONFIRMED');
  });
});
