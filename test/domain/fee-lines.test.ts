import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  amountsOf,
  type FeeLine,
  feeMoves,
  monthAfter,
  monthOfLine,
  standsInItsMonth,
} from '../../src/domain/fee-lines.ts';

const THB = (minor: number) => ({ currency: 'THB', minor });

/** A row of a day and key: no two of one. */
const row = fc.record({
  day: fc.constantFrom('20260430', '20260501', '20260520', '20260601', '20260715'),
  key: fc.constantFrom('a', 'b'),
  state: fc.constantFrom('CONFIRMED' as const, 'REVERSED' as const),
  money: fc.option(fc.record({ currency: fc.constantFrom('THB', 'JPY'), minor: fc.nat(500) }), { nil: undefined }),
});
const rows = fc.uniqueArray(row, { minLength: 1, maxLength: 10, selector: ({ day, key }) => day + key });

function lineOf(
  { day, key, ...said }: typeof row extends fc.Arbitrary<infer Row> ? Row : never,
  closed?: string,
): FeeLine {
  return { ...said, settledBy: `${day}/${key}`, month: monthOfLine(day, closed) };
}

/** What stands at the end of a month, in sum, counted in another way than the product: by what is left of the lines until then. */
function standing(lines: readonly FeeLine[], month: string): Record<string, number> {
  const [last] = lines
    .filter((line) => line.month <= month)
    .sort((one, other) => (one.settledBy < other.settledBy ? 1 : -1));
  return last?.state === 'CONFIRMED' && last.money && last.money.minor > 0
    ? { [last.money.currency]: last.money.minor }
    : {};
}

function summed(lines: readonly FeeLine[], month: string): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const move of feeMoves(lines).values()) {
    if (move.month > month) continue;
    for (const { currency, minor } of amountsOf(move)) sums[currency] = (sums[currency] ?? 0) + minor;
  }
  return Object.fromEntries(Object.entries(sums).filter(([, minor]) => minor !== 0));
}

describe('the lines of one fee of one item', () => {
  const may = { settledBy: '20260510/a', state: 'CONFIRMED', money: THB(100), month: '202605' } as const;

  it('move in each month by what stands at its end, to the cent, whatever their order', () => {
    fc.assert(
      fc.property(rows, fc.infiniteStream(fc.nat()), (all, chance) => {
        const lines = all.map((one) => lineOf(one));
        for (const month of ['202604', '202605', '202606', '202607'])
          expect(summed(lines, month)).toEqual(standing(lines, month));
        const shuffled = lines
          .map((line) => ({ line, at: chance.next().value ?? 0 }))
          .sort((one, other) => one.at - other.at)
          .map(({ line }) => line);
        expect(new Map([...feeMoves(shuffled)].sort())).toEqual(new Map([...feeMoves(lines)].sort()));
      }),
    );
  });

  it('never change a month that is closed, whatever comes later', () => {
    fc.assert(
      fc.property(rows, rows, (first, later) => {
        const closed = '202605';
        const known = first.map((one) => lineOf(one));
        const names = new Set(known.map(({ settledBy }) => settledBy));
        const late = later.map((one) => lineOf(one, closed)).filter(({ settledBy }) => !names.has(settledBy));
        const through = (lines: readonly FeeLine[]) =>
          [...feeMoves(lines)].filter(([, { month }]) => month <= closed).sort();
        expect(through([...known, ...late])).toEqual(through(known));
        expect(summed([...known, ...late], '202607')).toEqual(standing([...known, ...late], '202607'));
      }),
    );
  });

  it('take back in a later month what was confirmed in an earlier one, and nothing of what never was', () => {
    const june = { settledBy: '20260603/a', state: 'REVERSED', month: '202606' } as const;
    expect([...feeMoves([june, may]).values()]).toEqual([
      { month: '202605', step: 'CONFIRMED', gives: THB(100) },
      { month: '202606', step: 'TAKEN_BACK', takes: THB(100) },
    ]);
    expect([...feeMoves([june]).values()]).toEqual([{ month: '202606', step: 'TAKEN_BACK', takes: undefined }]);
  });

  it('correct an amount in the same month, and an earlier one by the difference, also into another currency', () => {
    const inMay = { ...may, settledBy: '20260512/a', money: THB(90) };
    expect([...feeMoves([inMay, may]).values()]).toEqual([{ month: '202605', step: 'CONFIRMED', gives: THB(90) }]);
    const yen = { currency: 'JPY', minor: 400 };
    const inJune = { ...may, settledBy: '20260602/a', money: yen, month: '202606' };
    const corrected = feeMoves([inJune, may]).get('20260602/a');
    expect(corrected).toEqual({ month: '202606', step: 'CORRECTED', takes: THB(100), gives: yen });
    expect(amountsOf(corrected ?? {})).toEqual([THB(-100), yen]);
  });

  it('say nothing new where a later row says the same', () => {
    const again = { ...may, settledBy: '20260602/a', month: '202606' };
    expect([...feeMoves([may, again]).keys()]).toEqual(['20260510/a']);
    expect(standsInItsMonth(again, [may, again])).toBe(true);
    expect(standsInItsMonth(may, [may, again])).toBe(true);
    expect(standsInItsMonth(may, [may, { ...may, settledBy: '20260511/a' }])).toBe(false);
  });

  it('count in the month after the one that is closed, over the turn of the year too', () => {
    expect([monthAfter('202605'), monthAfter('202609'), monthAfter('202612')]).toEqual(['202606', '202610', '202701']);
    expect(['20260531', '20260601', '20260715'].map((day) => monthOfLine(day, '202606'))).toEqual([
      '202607',
      '202607',
      '202607',
    ]);
    expect(monthOfLine('20260531', undefined)).toBe('202605');
  });
});
