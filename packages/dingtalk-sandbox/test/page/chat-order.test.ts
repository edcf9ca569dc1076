import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lastSeq, mergeEntries } from '../../src/page/state/entry-list.ts';
import { anotherDay, dayLabel } from '../../src/page/state/message-time.ts';
import { asksForPicture, nextSample } from '../../src/page/state/next-sample.ts';
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

describe('the sample offered next', () => {
  it('is the shop front, then a counter and a close-up for each spot', () => {
    expect(nextSample(undefined, [])).toBe('storefront');
    expect(nextSample(undefined, ['storefront'])).toBe('counter');
    expect(nextSample(undefined, ['storefront', 'counter'])).toBe('closeup');
    expect(nextSample(undefined, ['storefront', 'counter', 'closeup'])).toBe('counter');
  });

  it('follows what is missing when they are sent in another order', () => {
    expect(nextSample(undefined, ['storefront', 'closeup'])).toBe('counter');
    expect(nextSample(undefined, ['counter'])).toBe('closeup');
    expect(nextSample(undefined, ['storefront', 'storefront', 'counter'])).toBe('closeup');
  });

  it('are what the card asks for, whatever language it speaks', () => {
    const card = (actions: string[], fields: string[] = []) => ({ actions: [...actions, 'menu.open'], fields });
    const asked = (actions: string[], fields?: string[]) =>
      nextSample(card(actions, fields), ['storefront', 'counter']);
    expect(asked(['promotion.typeCode', 'promotion.skipSpot'])).toBe('closeup');
    expect(asked(['promotion.answer'], ['spotType', 'fixedSecurely'])).toBe('counter');
    expect(asked(['promotion.answer'], ['nameLocal', 'address'])).toBe('storefront');
    expect(asked(['promotion.typeCode', 'review.cancelModify'])).toBe('closeup');
    expect(asked(['inspection.matches', 'inspection.part'])).toBe('storefront');
    expect(asked(['inspection.good', 'inspection.part'])).toBe('closeup');
    expect(asked(['inspection.answer', 'inspection.back'], ['result', 'amount'])).toBe('receipt');
    expect(asked(['inspection.back'])).toBe('receipt');
    expect(asked(['inspection.afterAll', 'inspection.back'])).toBe('storefront');
    expect(asked(['review.mine'])).toBe('closeup');
    expect(asksForPicture(card(['review.mine']))).toBe(false);
  });
});
