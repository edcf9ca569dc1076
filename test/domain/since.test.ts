import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { begunAfter, changedTo, type History, heldAt } from '../../src/domain/since.ts';

const HOUR_MS = 3_600_000;
const none: History<string> = [];
const took = (history: History<string>, value: string | undefined, at: number, now = at): History<string> =>
  changedTo(history, { before: undefined, value, at, now });
const valueAt = (history: History<string>, at: number) => heldAt(history, at)?.value;

describe('what held since when', () => {
  it('is told for any moment, also before anything was known to begin', () => {
    const history = took(took(changedTo(none, { before: 'old', value: 'a', at: 10, now: 10 }), 'b', 20), undefined, 30);
    expect([5, 10, 19, 20, 29, 30, 99].map((at) => valueAt(history, at))).toEqual([
      'old',
      'a',
      'a',
      'b',
      'b',
      undefined,
      undefined,
    ]);
    expect(begunAfter(history, 10).map(({ since }) => since)).toEqual([20, 30]);
  });

  it('was seen until what overtook it was applied', () => {
    const history = took(took(took(none, 'a', 10), 'b', 20), 'late', 15, 40);
    expect([19, 25, 39, 40].map((at) => valueAt(history, at))).toEqual(['a', 'b', 'b', 'late']);
  });

  it('is forgotten after six hours, but for what held then', () => {
    const history = took(took(took(none, 'a', 0), 'b', HOUR_MS), 'c', 9 * HOUR_MS);
    expect(history.map(({ value }) => value)).toEqual(['b', 'c']);
    expect(heldAt(history, 0)).toBeUndefined();
  });

  it('is bounded and in order, whatever happened, and what was done in order holds from when it was done', () => {
    const act = fc.record({ value: fc.constantFrom('a', 'b', undefined), after: fc.nat(9), late: fc.nat(20) });
    fc.assert(
      fc.property(fc.array(act, { maxLength: 90 }), (acts) => {
        let [now, history] = [0, none];
        for (const { value, after, late } of acts) {
          now += after;
          history = took(history, value, Math.max(0, now - late), now);
          expect(heldAt(history, now)?.value).toBe(value);
        }
        expect(history.length).toBeLessThanOrEqual(40);
        expect(history.map(({ since }) => since)).toEqual(history.map(({ since }) => since).sort((a, b) => a - b));
      }),
    );
  });
});
