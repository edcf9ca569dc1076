import { describe, expect, it } from 'vitest';
import { isSuspected, remediesFor, saidOf } from '../../src/domain/reasons.ts';

describe('a failed item', () => {
  it('offers both ways, the advised one first', () => {
    expect(remediesFor('MODIFY')).toEqual(['MODIFY', 'APPEAL']);
    expect(remediesFor('APPEAL')).toEqual(['APPEAL', 'MODIFY']);
    expect(remediesFor('NONE')).toEqual(['APPEAL', 'MODIFY']);
  });

  it('loses a way only when its row says so', () => {
    expect(remediesFor('MODIFY', 'APPEAL')).toEqual(['APPEAL']);
    expect(remediesFor('MODIFY', 'MODIFY')).toEqual(['MODIFY']);
    expect(remediesFor('MODIFY', 'NONE')).toEqual([]);
  });
});

it('a suspicion is said alone, wherever it stands', () => {
  const blurry = { code: 'BLURRY', saidAlone: false };
  const suspicion = { code: 'SUSPICION', saidAlone: true };
  expect(saidOf([blurry, suspicion])).toEqual([suspicion]);
  expect(saidOf([blurry])).toEqual([blurry]);
  expect([isSuspected([blurry, suspicion]), isSuspected([blurry])]).toEqual([true, false]);
});
