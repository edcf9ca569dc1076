import {
  type Account,
  type MonthOfCalls,
  ORGANISATION,
  type Standing,
  sharesOf,
  standings,
  type Used,
} from '../src/domain/budget.ts';
import { type Amounts, elapsedOf, type Metered, monthOf } from '../src/domain/limits.ts';
import { allIsos, type Iso } from './isos.ts';
import { type MonthlyUsage, usageOf } from './monthly-usage.ts';
import { activePeople } from './people.ts';

/**
 * As how many people an ISO counts: as the operator said, else as those who work for it; as one where nobody does yet: whoever comes first is
 * answered.
 */
export async function weightOf({ isoId, share }: Pick<Iso, 'isoId' | 'share'>): Promise<number> {
  return share ?? Math.max(1, await activePeople(isoId));
}

/** `weightOf` each ISO, by `isoId`. */
export async function weightsOf(): Promise<ReadonlyMap<string, number>> {
  const isos = await allIsos();
  return new Map(
    await Promise.all(isos.map(async (iso): Promise<[string, number]> => [iso.isoId, await weightOf(iso)])),
  );
}

/** Everybody who pays or paid: who is no ISO any more has no share, and has used what they used. */
export function accountsOf(weights: ReadonlyMap<string, number>, used: ReadonlyMap<string, Used>): readonly Account[] {
  const payers = new Set([ORGANISATION, ...weights.keys(), ...used.keys()]);
  return [...payers].map((payer) => ({ payer, weight: weights.get(payer) ?? 0, used: used.get(payer) ?? {} }));
}

/** What one that pays used of its share. */
export interface Share extends Readonly<Record<Metered, { readonly used: number; readonly limit: number }>> {
  readonly weight: number;
  readonly standing: Standing;
}

/** A month, and what everybody who pays has of it, by payer. */
export interface SharedMonth {
  readonly usage: MonthlyUsage;
  readonly shares: ReadonlyMap<string, Share>;
}

/** The month of `now` (`clock.now()`) as it stands over all processes. */
export async function readSharedMonth(now: number, limits: Amounts): Promise<SharedMonth> {
  return sharedMonth(await readMonth(now), limits);
}

/** What is counted of a month, and as how many people each ISO counts. */
export interface CountedMonth {
  /** When that was, by `clock.now()`. */
  readonly at: number;
  readonly usage: MonthlyUsage;
  readonly weights: ReadonlyMap<string, number>;
}

/** The month of `now` (`clock.now()`), as it is in the store. */
export async function readMonth(now: number): Promise<CountedMonth> {
  const [usage, weights] = await Promise.all([usageOf(monthOf(now)), weightsOf()]);
  return { at: now, usage, weights };
}

/** `readSharedMonth` of what was read. */
export function sharedMonth({ at, usage, weights }: CountedMonth, limits: Amounts): SharedMonth {
  const accounts = accountsOf(weights, usage.payers);
  const month: MonthOfCalls = { limit: limits.calls, elapsed: elapsedOf(at), accounts };
  const pushShares = sharesOf(limits.pushes, accounts);
  const standing = standings(month);
  const shares = accounts.flatMap(({ payer, weight }): [string, Share][] => {
    const own = standing.get(payer);
    if (own === undefined) return [];
    const calls = { used: own.used, limit: own.shared + own.kept };
    const pushes = { used: usage.pushed.get(payer) ?? 0, limit: pushShares.get(payer) ?? 0 };
    return [[payer, { weight, standing: own, calls, pushes }]];
  });
  return { usage, shares: new Map(shares) };
}
