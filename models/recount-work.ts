import { dayOf, instantOf } from '@field/kit/calendar';
import { ACTIVE_CODES, type Counts, countedUnder, sumOfCounts } from '../src/domain/work-counts.ts';
import { bindingsBoundBetween } from './bindings.ts';
import { itemsSentBetween } from './item-queries.ts';
import { type Item, otherHalfRef } from './item-rows.ts';
import { findItems } from './items.ts';
import { correctTallies, type TallyCorrection, talliesStored } from './tallies.ts';
import { inTransaction, type Transaction } from './transaction.ts';

/** What somebody sent for an ISO in a month, `202611`, of its calendar. */
export interface SentInMonth {
  readonly isoId: string;
  readonly userId: string;
  readonly month: string;
  readonly timeZone: string;
}

/**
 * Counts from the rows themselves what somebody sent in a month, and puts right what is kept of it; answers how many numbers were wrong.
 * Where nothing is, no transaction is begun. What others change meanwhile meets it in the row that it corrects, or is no part of what it
 * read: it adds what is missing, and sets nothing.
 */
export async function recountMonth(of: SentInMonth): Promise<number> {
  if ((await wrongIn(of)).length === 0) return 0;
  return await inTransaction(async (tx) => {
    const wrong = await wrongIn(of, tx);
    await correctTallies(of, wrong, tx);
    return wrong.reduce((sum, { by }) => sum + Object.keys(by).length, 0);
  });
}

async function wrongIn(of: SentInMonth, tx?: Transaction): Promise<readonly TallyCorrection[]> {
  const [counted, stored] = [await countedIn(of, tx), await talliesStored(of, of.month, tx)];
  return [...new Set([...counted.keys(), ...stored.keys()])].flatMap((period) => {
    const by = difference(counted.get(period) ?? {}, stored.get(period) ?? {});
    return Object.keys(by).length === 0 ? [] : [{ period, by }];
  });
}

function difference(counted: Counts, stored: Counts): Counts {
  const names = [...new Set([...Object.keys(counted), ...Object.keys(stored)])];
  const by = names.map((name) => [name, (counted[name] ?? 0) - (stored[name] ?? 0)] as const);
  return Object.fromEntries(by.filter(([, much]) => much !== 0));
}

/** By period, `D20261123` and `M202611`. */
async function countedIn(
  { isoId, userId, month, timeZone }: SentInMonth,
  tx: Transaction | undefined,
): Promise<ReadonlyMap<string, Counts>> {
  const time = { from: instantOf(`${month}01`, 0, timeZone), to: instantOf(`${monthAfter(month)}01`, 0, timeZone) };
  const items = await itemsSentBetween({ isoId, userId }, time, tx);
  const others = await findItems([...new Set(items.flatMap((item) => otherHalfRef(item) ?? []))], tx);
  const known = new Map(others.map((item) => [item.itemRef, item]));
  const under = (item: Item): string => countedUnder(item, known.get(otherHalfRef(item) ?? ''));
  const codes = await bindingsBoundBetween({ isoId, userId }, time, tx);
  const all: readonly (readonly [at: number, key: string])[] = [
    ...items.map((item) => [item.submittedAt, under(item)] as const),
    ...codes.map(({ boundAt }) => [boundAt, ACTIVE_CODES] as const),
  ];
  const counted = new Map<string, Counts>();
  for (const [at, key] of all)
    for (const period of [`D${dayOf(at, timeZone)}`, `M${month}`])
      counted.set(period, sumOfCounts([counted.get(period) ?? {}, { [key]: 1 }]));
  return counted;
}

function monthAfter(month: string): string {
  const [year, number] = [Number(month.slice(0, 4)), Number(month.slice(4))];
  return number === 12 ? `${year + 1}01` : `${year}${String(number + 1).padStart(2, '0')}`;
}
