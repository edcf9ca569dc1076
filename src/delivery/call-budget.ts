import type { Clock } from '@field/kit/clock';
import { AppError } from '@field/kit/errors';
import { accountsOf, type CountedMonth, readMonth } from '../../models/month-of-calls.ts';
import { addCall, type MonthlyUsage } from '../../models/monthly-usage.ts';
import { type CallClass, type MonthOfCalls, mayCall, ORGANISATION, type Used } from '../domain/budget.ts';
import { elapsedOf, monthOf } from '../domain/limits.ts';
import { aroundCalls } from '../platform/around-calls.ts';
import type { Bill } from '../platform/bill.ts';
import type { Platform } from '../platform/platform.ts';
import type { PeopleCount } from './people-count.ts';

/** What the month still has for whom. It is known in memory, so that to ask costs nothing, and each call that is counted brings it up to date. */
export interface CallBudget {
  /** Whether there is something left for this: for who pays, and for whose step it follows. Nothing is refused before the first look. */
  allows(bill: Bill): boolean;
  /** Whether what this person does is answered by calls; else why not. */
  stops(person: { readonly userId: string; readonly isoId?: string | undefined }): Exclude<Stop, 'taps'> | undefined;
  /** The same of a tap. */
  stopsTap(person: { readonly userId: string; readonly isoId?: string | undefined }): Stop | undefined;
  /** A tap brought so many cards below. */
  opened(userId: string, cards: number): void;
  /** Counts a call that is made now. */
  count(bill: Bill): Promise<void>;
  /** Looks what other processes used, and who has which weight; answers that. */
  look(): Promise<CountedMonth>;
}

/**
 * Why nothing is called for what a person does: the share of their ISO, or their own budget, is spent. `taps`: theirs have opened so many
 * cards that more of them open where they are tapped; nothing else is missing.
 */
export type Stop = 'share' | 'person' | 'taps';

export function createCallBudget(clock: Pick<Clock, 'now'>, limit: number, people: PeopleCount): CallBudget {
  let known: MonthlyUsage | undefined;
  let weights: ReadonlyMap<string, number> | undefined;
  /** Counted here, and not in what is known yet. */
  const underWay = new Map<Bill, string>();

  /** Of several counts at once the one that was last in the store knows most. */
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

  function sharesAllow(payer: string, callClass: CallClass): boolean {
    if (weights === undefined) return true;
    return mayCall(withPayer(month(), payer), payer, callClass);
  }

  function stops({ userId, isoId = ORGANISATION }: Parameters<CallBudget['stops']>[0]) {
    if (!people.mayCall(userId)) return 'person' as const;
    return sharesAllow(isoId, 'own') ? undefined : ('share' as const);
  }

  return {
    allows({ payer, class: callClass, causedBy }) {
      if (causedBy !== undefined && !people.mayCall(causedBy)) return false;
      return sharesAllow(payer, callClass);
    },
    stops,
    stopsTap(person) {
      return stops(person) ?? (people.mayOpen(person.userId) ? undefined : 'taps');
    },
    opened(userId, cards) {
      if (cards > 0) people.opened(userId, cards);
    },
    async count(bill) {
      const at = clock.now();
      if (bill.causedBy !== undefined) people.called(bill.causedBy);
      const counted = { ...bill };
      underWay.set(counted, monthOf(at));
      try {
        learn(await addCall(at, bill));
      } finally {
        underWay.delete(counted);
      }
    },
    async look() {
      const month = await readMonth(clock.now());
      known = month.usage;
      weights = month.weights;
      return month;
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
