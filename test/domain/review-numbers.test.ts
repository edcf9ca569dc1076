import { describe, expect, it } from 'vitest';
import { countReasons } from '../../src/domain/review-numbers.ts';
import { SHIPPED_REASONS } from '../support/shipped-programme.ts';

const failed = (...reasonCodes: string[]) => ({ reasonCodes, readUnder: 1 });

describe('why a group reads that shops and spots failed', () => {
  it('is counted by how often it came, an unknown one and a suspicion as OTHER', () => {
    const failures = [
      { ...failed('SPOT_NOT_FIXED', 'CODE_VOID'), readUnder: 3 },
      failed('SPOT_NOT_FIXED'),
      failed('BRAND_NEW'),
      failed('FRAUD_SUSPECTED'),
      failed(),
    ];
    expect(countReasons(failures, () => SHIPPED_REASONS)).toEqual([
      { code: 'OTHER', readUnder: 1, count: 3 },
      { code: 'SPOT_NOT_FIXED', readUnder: 3, count: 2 },
    ]);
  });
});
