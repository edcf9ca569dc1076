import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Account,
  CALL_CLASSES,
  type CallClass,
  type MonthOfCalls,
  mayCall,
  ORGANISATION,
  standings,
} from '../../src/domain/budget.ts';

const KEPT_FOR = ['result', 'deadline', 'approval'] as const;
/** From what stops first to what never does. */
const IN_ORDER = ['digest', 'reminder', 'thumbnail', 'record', 'own'] as const;

const limits = fc.integer({ min: 0, max: 6_000 });
const elapsed = fc.double({ min: 0, max: 1, noNaN: true });
const used = fc.record(Object.fromEntries(CALL_CLASSES.map((one) => [one, fc.nat({ max: 800 })])));
const months: fc.Arbitrary<MonthOfCalls> = fc
  .record({ limit: limits, elapsed, weights: fc.array(fc.nat({ max: 60 }), { maxLength: 5 }), all: fc.array(used) })
  .map(({ limit, elapsed, weights, all }) => ({
    limit,
    elapsed,
    accounts: [ORGANISATION, ...weights.map((_, index) => `iso${index}`)].map((payer, index) => ({
      payer,
      weight: weights[index - 1] ?? 0,
      used: all[index] ?? {},
    })),
  }));
/** Who wants which call, one after the other, and how much of the month goes by before each. */
const wishes = fc.array(
  fc.record({ who: fc.nat(), what: fc.constantFrom(...CALL_CLASSES), many: fc.integer({ min: 1, max: 60 }) }),
  { maxLength: 80 },
);

/** The month after everybody got what they may have of what they want, evenly over the month. */
function after(month: MonthOfCalls, wanted: readonly { who: number; what: CallClass; many: number }[]): MonthOfCalls {
  const used = new Map<string, Record<string, number>>();
  const names = month.accounts.map(({ payer }) => payer);
  const now = (step: number): MonthOfCalls => ({
    limit: month.limit,
    elapsed: step / Math.max(1, wanted.length),
    accounts: month.accounts.map((account) => ({ ...account, used: used.get(account.payer) ?? {} })),
  });
  for (const [step, { who, what, many }] of wanted.entries()) {
    const payer = names[who % names.length] ?? ORGANISATION;
    for (let call = 0; call < many && mayCall(now(step), payer, what); call += 1) {
      const before = used.get(payer) ?? {};
      used.set(payer, { ...before, [what]: (before[what] ?? 0) + 1 });
    }
  }
  return now(wanted.length);
}

const sumOf = ({ used }: Account): number => Object.values(used).reduce((total, calls) => total + calls, 0);
const total = ({ accounts }: MonthOfCalls): number => accounts.reduce((all, account) => all + sumOf(account), 0);
const spends = (payer: string, weight: number, own: number): Account => ({ payer, weight, used: { own } });

it('never gives more than the limit, whoever wants what', () => {
  fc.assert(
    fc.property(months, wishes, (month, wanted) => {
      expect(total(after(month, wanted))).toBeLessThanOrEqual(month.limit);
    }),
  );
});

it('shares and what is kept come to no more than the limit', () => {
  fc.assert(
    fc.property(months, (month) => {
      const all = [...standings(month).values()];
      expect(all.reduce((sum, { shared, kept }) => sum + shared + kept, 0)).toBeLessThanOrEqual(month.limit);
    }),
  );
});

it('results, deadlines and approvals always find what is kept for them', () => {
  fc.assert(
    fc.property(months, wishes, fc.constantFrom(...KEPT_FOR), (month, wanted, what) => {
      const then = after(month, wanted);
      for (const { payer, used } of then.accounts) {
        const { kept = 0 } = standings(then).get(payer) ?? {};
        const had = KEPT_FOR.reduce((sum, one) => sum + (used[one] ?? 0), 0);
        expect(had < kept).toBe(had < kept && mayCall(then, payer, what));
      }
    }),
  );
});

it('what stops first never goes where something that stops later does not', () => {
  fc.assert(
    fc.property(months, (month) => {
      for (const { payer } of month.accounts) {
        const goes = [...IN_ORDER, ...KEPT_FOR].map((what) => mayCall(month, payer, what));
        expect(goes).toEqual(goes.toSorted((one, other) => Number(one) - Number(other)));
      }
    }),
  );
});

it('who has used more may not do more', () => {
  fc.assert(
    fc.property(
      months,
      fc.nat(),
      fc.constantFrom(...CALL_CLASSES),
      fc.constantFrom(...CALL_CLASSES),
      (month, who, what, more) => {
        const { payer } = month.accounts[who % month.accounts.length] ?? { payer: ORGANISATION };
        const accounts = month.accounts.map((account) =>
          account.payer === payer
            ? { ...account, used: { ...account.used, [more]: (account.used[more] ?? 0) + 1 } }
            : account,
        );
        if (mayCall({ ...month, accounts }, payer, what)) expect(mayCall(month, payer, what)).toBe(true);
      },
    ),
  );
});

it('one ISO that spends all takes nothing of what another needs at its pace, to the end of the month', () => {
  const used = { rich: 0, quiet: 0 };
  const at = (elapsed: number): MonthOfCalls => ({
    limit: 5_000,
    elapsed,
    accounts: [spends(ORGANISATION, 0, 0), spends('rich', 20, used.rich), spends('quiet', 20, used.quiet)],
  });
  const days = 30;
  for (let day = 0; day < days; day += 1) {
    for (let call = 0; call < 60; call += 1) {
      expect(mayCall(at(day / days), 'quiet', 'own')).toBe(true);
      used.quiet += 1;
    }
    for (let call = 0; call < 1_000 && mayCall(at(day / days), 'rich', 'own'); call += 1) used.rich += 1;
  }
  expect(used.quiet).toBe(1_800);
  // it had its own share and, from mid-month on, what nobody needed
  expect(used.rich).toBeGreaterThan(2_018);
  const lastDay = at((days - 1) / days);
  expect(mayCall(lastDay, 'rich', 'own')).toBe(false);
  expect(mayCall(lastDay, 'rich', 'result')).toBe(true);
});

describe('shares', () => {
  const isos = (...weights: number[]): Account[] => [
    spends(ORGANISATION, 0, 0),
    ...weights.map((weight, index) => spends(`iso${index}`, weight, 0)),
  ];
  const shared = (...weights: number[]) =>
    [...standings({ limit: 5_000, elapsed: 0, accounts: isos(...weights) }).values()].map((one) => one.shared);

  it('follow the weights, with a part for whoever is in no ISO yet', () => {
    expect(shared(30, 10)).toEqual([212, 3_028, 1_009]);
  });

  it('are even where nobody has any weight, and all of it where there is no ISO', () => {
    expect(shared(0, 0)).toEqual([212, 2_018, 2_018]);
    expect(shared()).toEqual([4_250]);
  });

  it('of an ISO that came without people is what others lend', () => {
    const month = { limit: 5_000, accounts: isos(40, 0) } as const;
    expect(mayCall({ ...month, elapsed: 0.4 }, 'iso1', 'own')).toBe(false);
    expect(mayCall({ ...month, elapsed: 0.5 }, 'iso1', 'own')).toBe(true);
    expect(mayCall({ ...month, elapsed: 0.4 }, 'gone', 'own')).toBe(false);
  });

  it('of nothing are nothing', () => {
    const month = { limit: 0, elapsed: 0.9, accounts: isos(3, 4) };
    for (const what of CALL_CLASSES) expect(mayCall(month, 'iso0', what)).toBe(false);
  });
});
