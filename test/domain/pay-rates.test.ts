import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FeeLine, feeMoves, monthOfDay } from '../../src/domain/fee-lines.ts';
import { type PayRate, rateIn, readRate, staffAmounts, sumsOf, withRate } from '../../src/domain/pay-rates.ts';

const THB = (minor: number) => ({ currency: 'THB', minor });
const MONTHS = ['202604', '202605', '202606'];

describe('a rate as an admin writes it', () => {
  it.each([
    ['120', 'THB', 12_000],
    ['1,250', 'THB', 125_000],
    ['฿120.50', 'THB', 12_050],
    ['๑๒๐', 'THB', 12_000],
    ['0', 'THB', 0],
    ['1200', 'JPY', 1_200],
    ['1.250', 'KWD', 1_250],
    ['1,250', 'KWD', 1_250_000],
    ['0.1', 'THB', 10],
  ])('%s %s is %d of its smallest coins', (text, currency, minor) => {
    expect(readRate(text, currency)).toEqual({ currency, minor });
  });

  it.each([
    ['', 'THB'],
    ['-5', 'THB'],
    ['1.250', 'THB'],
    ['12.5', 'JPY'],
    ['one hundred', 'THB'],
    ['999999999999', 'THB'],
    ['120', 'XXX'],
  ])('%s %s is none', (text, currency) => {
    expect(readRate(text, currency)).toBeUndefined();
  });
});

describe('what an ISO counts', () => {
  const rates: readonly PayRate[] = [
    { fee: 'DEPLOYMENT', from: '202605', money: THB(13_000) },
    { fee: 'DEPLOYMENT', from: '202604', money: THB(12_000) },
    { fee: 'MARKETING', from: '202604', money: THB(500) },
  ];

  it('is what was set last for a month or one before it, and nothing before the first', () => {
    const of = (fee: string, month: string) => rateIn(rates, fee, month)?.money.minor;
    expect(['202603', '202604', '202605', '202612'].map((month) => of('DEPLOYMENT', month))).toEqual([
      undefined,
      12_000,
      13_000,
      13_000,
    ]);
    expect(of('INSPECTION', '202612')).toBeUndefined();
  });

  it('is set anew for a month without touching another', () => {
    const changed = withRate(rates, { fee: 'DEPLOYMENT', from: '202605', money: THB(1) });
    expect(changed).toHaveLength(3);
    expect(rateIn(changed, 'DEPLOYMENT', '202605')?.money).toEqual(THB(1));
    expect(rateIn(changed, 'DEPLOYMENT', '202604')?.money).toEqual(THB(12_000));
  });

  it('comes in sum to what counts for the line that stands, however often it was taken back, by whatever rates', () => {
    const row = fc.record({
      day: fc.constantFrom('20260402', '20260430', '20260501', '20260520', '20260601'),
      state: fc.constantFrom('CONFIRMED' as const, 'REVERSED' as const),
      minor: fc.nat(500),
    });
    const rate = fc.record({ from: fc.constantFrom(...MONTHS), minor: fc.nat(9_000) });
    fc.assert(
      fc.property(
        fc.uniqueArray(row, { minLength: 1, maxLength: 5, selector: ({ day }) => day }),
        fc.uniqueArray(rate, { maxLength: 3, selector: ({ from }) => from }),
        (rows, set) => {
          const own = set.map(({ from, minor }) => ({ fee: 'DEPLOYMENT', from, money: THB(minor) }));
          const lines = rows.map(({ day, state, minor }) => {
            return { settledBy: `${day}/a`, state, money: THB(minor), month: monthOfDay(day) } satisfies FeeLine;
          });
          const moves = feeMoves(lines);
          const told = lines.map((line) => {
            const { step, takes, gives } = moves.get(line.settledBy) ?? {};
            return { ...line, fee: 'DEPLOYMENT', itemRef: 'spot', step, takes, gives };
          });
          const sum = sumsOf(told.flatMap((line) => staffAmounts(line, told, { shown: 'RATES', rates: own })));
          const confirmed = told
            .filter(({ step }) => step === 'CONFIRMED')
            .sort((a, b) => (a.settledBy < b.settledBy ? 1 : -1));
          const last = lines.toSorted((a, b) => (a.settledBy < b.settledBy ? 1 : -1))[0];
          const standing = last?.state === 'CONFIRMED' ? confirmed[0] : undefined;
          const expected = standing && rateIn(own, 'DEPLOYMENT', standing.month)?.money.minor;
          expect(sum.get('THB') ?? 0).toBe(expected ?? 0);
        },
      ),
    );
  });

  it('says nothing where staff read counts, and the file’s amounts where they read these', () => {
    const line = {
      fee: 'DEPLOYMENT',
      itemRef: 'spot',
      settledBy: '20260502/a',
      month: '202605',
      step: 'CORRECTED',
      takes: THB(100),
      gives: THB(90),
    } as const;
    const by = (shown: 'COUNTS' | 'FILE' | 'RATES') => staffAmounts(line, [], { shown, rates });
    expect([by('COUNTS'), by('RATES'), by('FILE')]).toEqual([[], [], [THB(-100), THB(90)]]);
  });
});
