import fc from 'fast-check';
import { expect, it } from 'vitest';
import { wholeMoments } from '../../models/whole-moments.ts';

it('everything of a time comes once, page after page, however many have the same moment', async () => {
  const stored = fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 60 });
  const bound = fc.integer({ min: -1, max: 14 });
  await fc.assert(
    fc.asyncProperty(stored, bound, bound, fc.integer({ min: 1, max: 9 }), async (times, from, to, pageSize) => {
      const rows = times.map((at, id) => ({ at, id })).toSorted((one, other) => one.at - other.at);
      let asked = 0;
      const read = async (window: { from: number; to: number; limit: number }) => {
        asked += 1;
        // of one moment in any order, as a store answers
        const inTime = rows.filter(({ at }) => at >= window.from && at < window.to);
        const mixed = inTime.toSorted(
          (one, other) => one.at - other.at || ((one.id * 7 + asked) % 5) - ((other.id * 7 + asked) % 5),
        );
        return mixed.slice(0, window.limit);
      };
      const found: number[] = [];
      for await (const page of wholeMoments(read, ({ at }) => at, { from, to, pageSize }))
        found.push(...page.map(({ id }) => id));
      const wanted = rows.filter(({ at }) => at >= from && at < to);
      expect(found.toSorted((one, other) => one - other)).toEqual(
        wanted.map(({ id }) => id).toSorted((one, other) => one - other),
      );
    }),
    { numRuns: 300, seed: 20_261_129 },
  );
});
