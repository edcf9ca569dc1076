import { type Amounts, type Metered, monthOf, type Threshold } from '../src/domain/limits.ts';
import { collection } from './collection.ts';
import { list, number } from './fields.ts';
import type { Transaction } from './transaction.ts';

/** What the organisation's month has cost so far, and what its admins were told of that. */
export interface MonthlyUsage extends Amounts {
  /** `2026-11`. */
  readonly month: string;
  /** When counting began in that month, milliseconds; undefined while nothing was counted. */
  readonly since?: number | undefined;
  readonly notices: readonly LimitNotice[];
}

/** What admins were told, as it was then: its card goes on saying so. */
export interface LimitNotice {
  readonly what: Metered;
  readonly percent: Threshold;
  readonly used: number;
  readonly limit: number;
  /** When it was said, and when the limit would be used up at that pace; undefined: not before the month's end. */
  readonly at: number;
  readonly runsOutAt?: number | undefined;
}

const Usage = collection('monthlyusage', {
  /** `2026-11`. */
  id: 'month',
  fields: {
    pushes: number().optional(),
    calls: number().optional(),
    since: number().optional(),
    notices: list<LimitNotice & { readonly name: string }>().optional(),
  },
});

/** Counts what happened at `at` (by `clock.now()`) in its month; many processes add up. */
export async function addUsage(at: number, amounts: Partial<Amounts>): Promise<void> {
  await Usage.update({ month: monthOf(at) }, { inc: amounts, min: { since: at } }, { upsert: true });
}

export async function usageOf(month: string): Promise<MonthlyUsage> {
  const row = await Usage.get(month);
  const { pushes = 0, calls = 0, since, notices = [] } = row ?? {};
  return { month, pushes, calls, since, notices: notices.map(({ name: _, ...notice }) => notice) };
}

/** The one name of a notice in its month; a limit that was raised is another limit. */
export function noticeName({ what, limit, percent }: Pick<LimitNotice, 'what' | 'limit' | 'percent'>): string {
  return `${what}-${limit}-${percent}`;
}

/** Notes that admins are told; `false` if they were before, by whatever process. */
export async function noteLimit(month: string, notice: LimitNotice, tx: Transaction): Promise<boolean> {
  const name = noticeName(notice);
  const { modifiedCount } = await Usage.update(
    { month, 'notices.name': { $ne: name } },
    { push: { notices: { ...notice, name } } },
    { tx },
  );
  return modifiedCount === 1;
}

/** Forgets what months before this one (`2026-11`) cost. */
export async function forgetUsage(beforeMonth: string): Promise<number> {
  return await Usage.removeAll({ month: { $lt: beforeMonth } });
}
