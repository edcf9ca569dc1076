import { statesOf } from '../src/domain/moves.ts';
import { STOCK_MOVES } from '../src/domain/stock-state.ts';
import { BOOKED_OVER, type Counts, feeKey, stockKey } from '../src/domain/work-counts.ts';
import { countFeeMarks } from './fee-marks.ts';
import { productsNow } from './programme-in-use.ts';
import { readAll } from './read-together.ts';
import { recount } from './recount.ts';
import { countBookedOver, countStock } from './stock-lists.ts';
import { asCorrections, standingIn } from './tallies.ts';
import { RESULTS, STANDING } from './tally-sums.ts';

const FEES_FOR = ['SPOT', 'INSPECTION'] as const;

/** Counts from the rows themselves how things of an ISO stand, and puts right what is kept of it; answers how many numbers were wrong. */
export async function recountStanding(isoId: string): Promise<number> {
  return await recount({
    whose: { isoId, userId: RESULTS },
    changeWith: { isoId, period: STANDING },
    wrong: async () => asCorrections(STANDING, await wrongIn(isoId)),
  });
}

async function wrongIn(isoId: string): Promise<Counts> {
  const stored = await standingIn(isoId);
  // what is promoted no more has its codes still
  const kept = Object.keys(stored).flatMap((name) => (name.includes('/STOCK/') ? (name.split('/')[0] ?? '') : []));
  const products = [...new Set([...productsNow(), ...kept.filter((one) => one !== '')])];
  const states = statesOf(STOCK_MOVES).filter((state) => state !== 'AT_SPOT');
  const counts = [
    ...products.flatMap((product) =>
      states.map((state) => [stockKey(product, state), () => countStock({ isoId, product }, state)] as const),
    ),
    [BOOKED_OVER, () => countBookedOver(isoId)] as const,
    ...FEES_FOR.map((of) => [feeKey(of), () => countFeeMarks(isoId, of)] as const),
  ];
  const found = await readAll(...counts.map(([, count]) => count));
  const counted = new Map(Object.keys(stored).map((name) => [name, 0]));
  for (const [index, [name]] of counts.entries()) counted.set(name, found[index] ?? 0);
  const wrong = [...counted].map(([name, count]) => [name, count - (stored[name] ?? 0)] as const);
  return Object.fromEntries(wrong.filter(([, much]) => much !== 0));
}
