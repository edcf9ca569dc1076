import { amountsOf, type FeeMove, type FeeStep, type FeeTotals } from '../src/domain/fee-lines.ts';
import { collection } from './collection.ts';
import { orRefuse } from './duplicate-key.ts';
import { number, text, value } from './fields.ts';
import type { Reads } from './single-write.ts';
import { mustHaveMatched, type Transaction } from './transaction.ts';

const FeeMonths = collection('feemonths', {
  /** `<isoId>/<month>/<fee>`. */
  id: 'feeMonth',
  fields: {
    isoId: text(),
    month: text(),
    fee: text(),
    counts: value<Partial<Record<FeeStep, number>>>().optional(),
    /** In minor units, by `<step>/<currency>`. */
    minor: value<Readonly<Record<string, number>>>().optional(),
  },
  indexes: [[{ isoId: 1, month: 1 }]],
});

const FeeLedgers = collection('feeledgers', {
  id: 'isoId',
  fields: {
    /** Grows with whatever is written of an ISO's fees, so that two who write at once meet here. */
    version: number(),
    /** Its last month that is closed, `202605`. */
    closedThrough: text().optional(),
  },
});

/** A move of a fee of an ISO that begins to count in its month, or, `by` -1, does no more. */
export interface CountedMove {
  readonly isoId: string;
  readonly fee: string;
  readonly move: FeeMove;
  readonly by: 1 | -1;
}

type Counted = Partial<Record<`counts.${FeeStep}` | `minor.${string}`, number>>;

/** Adds moves to the numbers of their months. */
export async function countFeeMoves(moves: readonly CountedMove[], tx: Transaction): Promise<void> {
  const months = new Map<
    string,
    { setOnInsert: Pick<CountedMove, 'isoId' | 'fee'> & { month: string }; inc: Counted }
  >();
  for (const { isoId, fee, move, by } of moves) {
    const { month, step } = move;
    const feeMonth = `${isoId}/${month}/${fee}`;
    const inc: Counted = months.get(feeMonth)?.inc ?? {};
    months.set(feeMonth, { setOnInsert: { isoId, month, fee }, inc });
    inc[`counts.${step}`] = (inc[`counts.${step}`] ?? 0) + by;
    for (const { currency, minor } of amountsOf(move)) {
      const path = `minor.${step}/${currency}` as const;
      inc[path] = (inc[path] ?? 0) + by * minor;
    }
  }
  if (months.size === 0) return;
  const updates = [...months].map(([feeMonth, change]) => ({ filter: { feeMonth }, change }));
  await FeeMonths.updateEach(updates, { tx, upsert: true });
}

/** What of each fee of an ISO was confirmed, corrected and taken back in a month, by the fee's name; of others nothing was. */
export async function feesOfMonth(isoId: string, month: string): Promise<ReadonlyMap<string, FeeTotals>> {
  const months = await FeeMonths.find({ isoId, month });
  // what came to nothing, since a later row stands, is as if it had never been
  const some = months.filter(({ counts = {} }) => Object.values(counts).some((count) => count !== 0));
  return new Map(some.map(({ fee, counts = {}, minor = {} }) => [fee, totalsOf(counts, minor)]));
}

function totalsOf(counts: Partial<Record<FeeStep, number>>, minor: Readonly<Record<string, number>>): FeeTotals {
  const of = (step: FeeStep) => {
    const own = Object.entries(minor).filter(([key, sum]) => sum !== 0 && key.startsWith(`${step}/`));
    return { count: counts[step] ?? 0, minor: new Map(own.map(([key, sum]) => [key.slice(step.length + 1), sum])) };
  };
  return { CONFIRMED: of('CONFIRMED'), CORRECTED: of('CORRECTED'), TAKEN_BACK: of('TAKEN_BACK') };
}

/** The months of an ISO in which any row counts, in their order. */
export async function monthsWithFees(isoId: string): Promise<readonly string[]> {
  return (await FeeMonths.distinct('month', { isoId })).toSorted();
}

/** The last month of each of these ISOs that is closed; those without one are left out. */
export async function closedMonths(isoIds: readonly string[], tx?: Reads): Promise<ReadonlyMap<string, string>> {
  const ledgers = await FeeLedgers.find({ isoId: { $in: isoIds } }, { tx });
  return new Map(
    ledgers.flatMap(({ isoId, closedThrough }) => (closedThrough === undefined ? [] : [[isoId, closedThrough]])),
  );
}

/** Says in a transaction that something of an ISO's fees is written by what was closed as it read it; a lost race if more is. */
export async function writeInLedger(isoId: string, closedThrough: string | undefined, tx: Transaction): Promise<void> {
  const asRead = { isoId, closedThrough: closedThrough ?? { $exists: false } };
  await orRefuse(FeeLedgers.update(asRead, { inc: { version: 1 } }, { tx, upsert: true }), 'subject.lostRace');
}

/**
 * Closes the months of an ISO through this one, `202605`: what is in them never changes again, and a row that comes later for one of them
 * counts in the month after. Answers false where they are closed already.
 */
export async function closeFeeMonths(isoId: string, through: string, tx: Transaction): Promise<boolean> {
  const closed = (await closedMonths([isoId], tx)).get(isoId);
  if (closed !== undefined && closed >= through) return false;
  await writeInLedger(isoId, closed, tx);
  const { matchedCount } = await FeeLedgers.update({ isoId }, { set: { closedThrough: through } }, { tx });
  mustHaveMatched(matchedCount === 1 ? true : undefined);
  return true;
}
