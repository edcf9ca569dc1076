import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FEE_STATES, type FeeFacts, feeState } from '../../src/domain/fee.ts';
import { statesOf } from '../../src/domain/moves.ts';
import { REVIEW_MOVES } from '../../src/domain/review-state.ts';

const approved: FeeFacts = { store: 'APPROVED', spot: 'APPROVED', posm: 'APPROVED', bound: true };

describe('the fee of a spot', () => {
  it('is eligible exactly when store, spot and POSM are approved and the code is active (domain A.12-4)', () => {
    const state = fc.constantFrom(...statesOf(REVIEW_MOVES));
    fc.assert(
      fc.property(state, state, state, fc.boolean(), (store, spot, posm, bound) => {
        const all = [store, spot, posm].every((one) => one === 'APPROVED') && bound;
        expect(feeState({ store, spot, posm, bound })).toBe(all ? 'ELIGIBLE' : 'NOT_ELIGIBLE');
      }),
    );
  });

  it('follows the spot as long as no row named the POSM', () => {
    expect(feeState({ ...approved, posm: undefined })).toBe('ELIGIBLE');
    expect(feeState({ ...approved, spot: 'REJECTED', posm: undefined })).toBe('NOT_ELIGIBLE');
  });

  it('is what was settled, once it was', () => {
    expect(feeState({ ...approved, settlement: 'CONFIRMED' })).toBe('CONFIRMED');
    expect(feeState({ ...approved, spot: 'INVALIDATED', settlement: 'REVERSED' })).toBe('REVERSED');
    expect(FEE_STATES).toContain(feeState(approved));
  });
});
