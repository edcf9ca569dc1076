import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lastSeq, mergeEntries } from '../../src/page/state/entry-list.ts';
import { anotherDay, dayLabel } from '../../src/page/state/message-time.ts';
import type { Entry } from '../../src/protocol/page-protocol.ts';

const entry = (pos: number, seq: number): Entry => ({ pos, seq, kind: 'text', at: 0, from: 'staff1', text: `${seq}` });

describe('a chat', () => {
  it('shows each entry once, at its place, in its newest state, however the frames double and cross', () => {
    const frames = [[entry(1, 1), entry(2, 2)], [entry(1, 3)], [entry(3, 4)], [entry(2, 5)]];
    const order = fc.shuffledSubarray([...frames, ...frames], { minLength: frames.length * 2 });
    fc.assert(
      fc.property(order, (shuffled) => {
        const merged = shuffled.reduce<readonly Entry[]>(mergeEntries, []);
        expect(merged.map(({ pos, seq }) => [pos, seq])).toEqual([
          [1, 3],
          [2, 5],
          [3, 4],
        ]);
        expect(lastSeq(merged)).toBe(5);
      }),
    );
  });

  it('names the days by the clock of the demo', () => {
    const noon = new Date(2026, 10, 24, 12).getTime();
    const day = 86_400_000;
    expect(dayLabel(noon, noon)).toBe('Today');
    expect(dayLabel(noon - day, noon)).toBe('Yesterday');
    expect(dayLabel(noon - 3 * day, noon)).toBe('Sat 21 Nov');
    expect(anotherDay(noon, noon + day / 4)).toBe(false);
    expect(anotherDay(noon, noon + day / 2)).toBe(true);
  });
});
