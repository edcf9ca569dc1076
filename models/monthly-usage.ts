import type { Used } from '../src/domain/budget.ts';
import { type Amounts, type Metered, monthOf, type Threshold } from '../src/domain/limits.ts';
import type { Bill } from '../src/platform/bill.ts';
import { collection, type RecordOf } from './collection.ts';
import { list, number, value } from './fields.ts';
import type { Transaction } from './transaction.ts';

/** What the organisation's month has cost so far, and what its admins were told of that. */
export interface MonthlyUsage extends Amounts {
  /** `2026-11`. */
  readonly month: string;
  /** When counting began in that month, milliseconds; undefined while nothing was counted. */
  readonly since?: number | undefined;
  /** Calls by who pays for them. */
  readonly payers: ReadonlyMap<string, Used>;
  /** Pushes because of people, by who would pay for them; the rest of `pushes` is nobody's. */
  readonly pushed: ReadonlyMap<string, number>;
  readonly notices: readonly LimitNotice[];
}

/** What the admins of an ISO, or the operator, were told, as it was then: its card goes on saying so. */
export interface LimitNotice {
  /** Whose share; `ORGANISATION`: all of it, which only the operator is told. Absent where an older release wrote it. */
  readonly payer?: string | undefined;
  readonly what: Metered;
  readonly percent: Threshold;
  readonly used: number;
  /** The share as it was then, and the month's whole limit, of which it was one. */
  readonly limit: number;
  readonly whole?: number | undefined;
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
    /** Calls by `payer/class`, in one map so that a call is one write. */
    paid: value<Readonly<Record<string, number>>>().optional(),
    /** Pushes by `payer/pushes`: an id of digits alone would name a place in a list. */
    pushed: value<Readonly<Record<string, number>>>().optional(),
    since: number().optional(),
    notices: list<LimitNotice & { readonly name: string }>().optional(),
  },
});

/** Counts what happened at `at` (by `clock.now()`) in its month; many processes add up. */
export async function addUsage(at: number, amounts: Partial<Amounts>): Promise<void> {
  await Usage.update({ month: monthOf(at) }, { inc: amounts, min: { since: at } }, { upsert: true });
}

/** Counts one call, before it is made: of a crash between the two it is counted too many, never too few. Answers its month as it is then. */
export async function addCall(at: number, { payer, class: callClass }: Bill): Promise<MonthlyUsage> {
  const month = monthOf(at);
  const inc = { calls: 1, [`paid.${payer}/${callClass}`]: 1 } as const;
  const row = await Usage.change({ month }, { inc, min: { since: at } }, { upsert: true });
  return toUsage(month, row);
}

/** Counts pushes because of people of one that would pay for them; `addUsage` counts all there are. */
export async function addPushed(at: number, payer: string, pushes: number): Promise<void> {
  const inc = { [`pushed.${payer}/pushes`]: pushes } as const;
  await Usage.update({ month: monthOf(at) }, { inc, min: { since: at } }, { upsert: true });
}

export async function usageOf(month: string): Promise<MonthlyUsage> {
  return toUsage(month, await Usage.get(month));
}

function toUsage(month: string, row: RecordOf<typeof Usage> | undefined): MonthlyUsage {
  const { pushes = 0, calls = 0, since, notices = [], paid = {}, pushed = {} } = row ?? {};
  return {
    month,
    pushes,
    calls,
    since,
    payers: byPayer(paid),
    pushed: new Map(Object.entries(pushed).map(([name, pushes]) => [name.split('/')[0] ?? '', pushes])),
    notices: notices.map(({ name: _, ...notice }) => notice),
  };
}

function byPayer(paid: Readonly<Record<string, number>>): ReadonlyMap<string, Used> {
  const payers = new Map<string, Used>();
  for (const [name, calls] of Object.entries(paid)) {
    const [payer = '', callClass = ''] = name.split('/');
    payers.set(payer, { ...payers.get(payer), [callClass]: calls });
  }
  return payers;
}

/** The one name of a notice in its month; a limit that was raised is another limit, a share that grew the same. */
export function noticeName({ payer, what, whole, percent }: Omit<LimitNotice, 'used' | 'limit' | 'at'>): string {
  return `${payer}-${what}-${whole}-${percent}`;
}

/** Notes that it is told; `false` if they were before, by whatever process. */
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
