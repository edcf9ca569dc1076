import { describe, expect, it } from 'vitest';
import { isReasonCode, REASONS, REMEDIES, reasonOf, remediesFor } from '../../src/domain/reason-codes.ts';

describe('a reason', () => {
  it('that nobody knows is OTHER', () => {
    expect(reasonOf('BRAND_NEW')).toMatchObject({ code: 'OTHER', remedy: 'APPEAL' });
    expect(reasonOf('toString')).toMatchObject({ code: 'OTHER' });
    expect(isReasonCode('SPOT_NOT_FIXED')).toBe(true);
  });

  it.each(Object.entries(REASONS))('%s that is to be modified says what is asked for again', (_, { remedy, asks }) => {
    expect(REMEDIES).toContain(remedy);
    if (remedy === 'MODIFY') expect(asks.length).toBeGreaterThan(0);
  });
});

describe('a failed item', () => {
  it('offers both ways, the advised one first', () => {
    expect(remediesFor(['SPOT_NOT_FIXED'])).toEqual(['MODIFY', 'APPEAL']);
    expect(remediesFor(['STORE_DUPLICATE', 'SPOT_NOT_FIXED'])).toEqual(['APPEAL', 'MODIFY']);
    expect(remediesFor(['QUOTA_EXCEEDED'])).toEqual(['APPEAL', 'MODIFY']);
    expect(remediesFor([])).toEqual(['APPEAL', 'MODIFY']);
  });

  it('loses a way only when its row says so', () => {
    expect(remediesFor(['SPOT_NOT_FIXED'], 'APPEAL')).toEqual(['APPEAL']);
    expect(remediesFor(['SPOT_NOT_FIXED'], 'MODIFY')).toEqual(['MODIFY']);
    expect(remediesFor(['SPOT_NOT_FIXED'], 'NONE')).toEqual([]);
  });
});
