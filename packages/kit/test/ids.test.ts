import { expect, it } from 'vitest';
import { systemIds } from '../src/ids.ts';

it('ids sort as they were made, also within a millisecond, and are never the same', () => {
  const made = Array.from({ length: 20_000 }, () => systemIds.next());
  expect(made.toSorted()).toEqual(made);
  expect(new Set(made).size).toBe(made.length);
});
