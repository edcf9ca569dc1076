import type { Clock } from '@field/kit/clock';
import { AppError } from '@field/kit/errors';
import { accountsOf, weightsOf } from '../../models/month-of-calls.ts';
import { addCall, type MonthlyUsage, usageOf } from '../../models/monthly-usage.ts';
import { type MonthOfCalls, mayCall, type Used } from '../domain/budget.ts';
import { elapsedOf, monthOf } from '../domain/limits.ts';
import { aroundCalls } from '../platform/around-calls.ts';
import type { Bill } from '../platform/bill.ts';
import type { Platform } from '../platform/platform.ts';

/** What the month still has for whom. It is known in memory, so that to ask costs nothing, and each call that is counted brings it up to date. */
export interface CallBudget {
  /** Whether there is something left for this; nothing is refused before the first look. */
  allows(bill: Bill): boolean;
  /** Counts a call that is made now. */
  count(bill: Bill): Promise<void>;
  /** Looks what other processes used, and who has which weight. */
  look(): Promise<void>;
  /** The month as it is known here. */
  month(): MonthOfCalls;
}

export function createCallBudget(clock: Pick<Clock, 'now'>, limit: number): CallBudget {
  let known: MonthlyUsage | undefined;
  let weights: ReadonlyMap<string, number> | undefined;
  /** Counted here, and not in what is known yet. */
  const underWay = new Map<Bill, string>();

  function learn(found: MonthlyUsage): void {
    const isOlder = known?.month === found.month && known.calls > found.calls;
    if (!isOlder) known = found;
  }

  function month(): MonthOfCalls {
    const now = clock.now();
    const current = monthOf(now);
    const used = new Map<string, Used>(known?.month === current ? known.payers : []);
    for (const [{ payer, class: callClass }, countedIn] of underWay) {
      if (countedIn !== current) continue;
      const before = used.get(payer) ?? {};
      used.set(payer, { ...before, [callClass]: (before[callClass] ?? 0) + 1 });
    }
    return { limit, elapsed: elapsedOf(now), accounts: accountsOf(weights ?? new Map(), used) };
  }

  return {
    month,
    allows({ payer, class: callClass }) {
      if (weights === undefined) return true;
      return mayCall(withPayer(month(), payer), payer, callClass);
    },
    async count(bill) {
      const at = clock.now();
      const counted = { ...bill };
      underWay.set(counted, monthOf(at));
      try {
        learn(await addCall(at, bill));
      } finally {
        underWay.delete(counted);
      }
    },
    async look() {
      learn(await usageOf(monthOf(clock.now())));
      weights = await weightsOf();
    },
  };
}

/** An ISO that came since the last look. */
function withPayer(month: MonthOfCalls, payer: string): MonthOfCalls {
  if (month.accounts.some((account) => account.payer === payer)) return month;
  return { ...month, accounts: [...month.accounts, { payer, weight: 1, used: {} }] };
}

/** Counts every call that has a bill; stands next to DingTalk, where a call is made if it is asked for. */
export function countCalls(platform: Platform, budget: Pick<CallBudget, 'count'>): Platform {
  return aroundCalls(platform, async (_call, send, bill) => {
    if (bill !== undefined) await budget.count(bill);
    return await send();
  });
}

/** Makes no call for which nothing is left: `budget.spent`, and whoever asked knows what becomes of that. */
export function withinBudget(platform: Platform, budget: Pick<CallBudget, 'allows'>): Platform {
  return aroundCalls(platform, async (_call, send, bill) => {
    if (bill !== undefined && !budget.allows(bill)) throw new AppError('budget.spent', { class: bill.class });
    return await send();
  });
}
