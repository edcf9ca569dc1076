import { type Account, type MonthOfCalls, ORGANISATION, type Used } from '../src/domain/budget.ts';
import { elapsedOf, monthOf } from '../src/domain/limits.ts';
import { allIsos } from './isos.ts';
import { usageOf } from './monthly-usage.ts';
import { activePeople } from './people.ts';

/** As how many people each ISO counts, by `isoId`: as the operator said, else as those who work for it. */
export async function weightsOf(): Promise<ReadonlyMap<string, number>> {
  const weights = new Map<string, number>();
  for (const { isoId, share } of await allIsos()) weights.set(isoId, share ?? (await activePeople(isoId)));
  return weights;
}

/** Everybody who pays or paid: who is no ISO any more has no share, and has used what they used. */
export function accountsOf(weights: ReadonlyMap<string, number>, used: ReadonlyMap<string, Used>): readonly Account[] {
  const payers = new Set([ORGANISATION, ...weights.keys(), ...used.keys()]);
  return [...payers].map((payer) => ({ payer, weight: weights.get(payer) ?? 0, used: used.get(payer) ?? {} }));
}

/** The month of `now` (`clock.now()`) as it stands over all processes. */
export async function readMonthOfCalls(now: number, limit: number): Promise<MonthOfCalls> {
  const { payers } = await usageOf(monthOf(now));
  return { limit, elapsed: elapsedOf(now), accounts: accountsOf(await weightsOf(), payers) };
}
