import { expect, it } from 'vitest';
import { isFarAbove, pushesToLookAt } from '../../src/domain/far-above.ts';

it('is whoever uses a tenth of all alone, and five times what others do', () => {
  expect(pushesToLookAt(3_000)).toBe(300);
  expect(isFarAbove(300, [10, 40, 60], 3_000)).toBe(true);
  expect(isFarAbove(299, [10, 40, 60], 3_000)).toBe(false);
  expect(isFarAbove(300, [10, 61, 80], 3_000)).toBe(false);
  expect(isFarAbove(300, [], 3_000)).toBe(true);
});
