import { dayOf, instantOf } from '@field/kit/calendar';
import {
  ACTIVE_CODES,
  type Counts,
  keysOf,
  resultDaysOf,
  resultKeyOf,
  sumOfCounts,
} from '../src/domain/work-counts.ts';
import { bindingsBoundBetween } from './bindings.ts';
import { mendFeeMarks, wrongFeeMarks } from './fee-marks.ts';
import { itemsOfIsoDecidedOn, itemsSentBetween } from './item-queries.ts';
import { type Item, otherHalfRef } from './item-rows.ts';
import { findItems } from './items.ts';
import { readAll } from './read-together.ts';
import { recount } from './recount.ts';
import { asCorrections, resultsOfDay, type TallyCorrection, talliesStored } from './tallies.ts';
import { RESULTS } from './tally-sums.ts';
import { inTransaction } from './transaction.ts';

/** What somebody sent for an ISO in a month, `202611`, of its calendar. */
export interface SentInMonth {
  readonly isoId: string;
  readonly userId: string;
  readonly month: string;
  readonly timeZone: string;
}

/** Counts from the rows themselves what somebody sent in a month, and puts right what is kept of it; answers how many numbers were wrong. */
export async function recountMonth(of: SentInMonth): Promise<number> {
  const { isoId, userId, month } = of;
  const [whose, period] = [{ isoId, userId }, `M${month}`];
  const marks = await mendedMarks(of);
  return marks + (await recount({ whose, changeWith: { ...whose, period }, wrong: () => wrongIn(of) }));
}

/** So much is looked through in one transaction. */
const MARKS_AT_ONCE = 100;

/** Whose fee waits: what a process of a release before landed says nothing of it. */
async function mendedMarks({ isoId, userId, month, timeZone }: SentInMonth): Promise<number> {
  const items = await itemsSentBetween({ isoId, userId }, timeOf(month, timeZone));
  const refs = items.flatMap(({ itemType, itemRef }) =>
    itemType === 'SPOT' || itemType === 'INSPECTION' ? [itemRef] : [],
  );
  let mended = 0;
  for (let from = 0; from < refs.length; from += MARKS_AT_ONCE) {
    const some = refs.slice(from, from + MARKS_AT_ONCE);
    if ((await wrongFeeMarks(some)).length > 0) mended += await inTransaction((tx) => mendFeeMarks(some, tx));
  }
  return mended;
}

function timeOf(month: string, timeZone: string): { readonly from: number; readonly to: number } {
  return { from: instantOf(`${month}01`, 0, timeZone), to: instantOf(`${monthAfter(month)}01`, 0, timeZone) };
}

/** The same of the results of a day, `20261123`, in an ISO. */
export async function recountResults(isoId: string, day: string): Promise<number> {
  const [whose, period] = [{ isoId, userId: RESULTS }, `R${day}`];
  const wrong = async (): Promise<readonly TallyCorrection[]> =>
    asCorrections(
      period,
      difference(
        ...(await readAll(
          () => countedOn(isoId, day),
          () => resultsOfDay(isoId, day),
        )),
      ),
    );
  return await recount({ whose, changeWith: { ...whose, period }, wrong });
}

async function countedOn(isoId: string, day: string): Promise<Counts> {
  const decided = await itemsOfIsoDecidedOn(isoId, day);
  const others = await findItems([...new Set(decided.flatMap((item) => otherHalfRef(item) ?? []))]);
  const known = new Map([...decided, ...others].map((item) => [item.itemRef, item]));
  const counts = [...known.values()].flatMap((item) => {
    const other = known.get(otherHalfRef(item) ?? '');
    return resultDaysOf(item, other).includes(day) ? [{ [resultKeyOf(item, other)]: 1 }] : [];
  });
  return sumOfCounts(counts);
}

async function wrongIn(of: SentInMonth): Promise<readonly TallyCorrection[]> {
  const [counted, stored] = await readAll(
    () => countedIn(of),
    () => talliesStored(of, of.month),
  );
  return [...new Set([...counted.keys(), ...stored.keys()])].flatMap((period) => {
    return asCorrections(period, difference(counted.get(period) ?? {}, stored.get(period) ?? {}));
  });
}

function difference(counted: Counts, stored: Counts): Counts {
  const names = [...new Set([...Object.keys(counted), ...Object.keys(stored)])];
  const by = names.map((name) => [name, (counted[name] ?? 0) - (stored[name] ?? 0)] as const);
  return Object.fromEntries(by.filter(([, much]) => much !== 0));
}

/** By period, `D20261123` and `M202611`. */
async function countedIn({ isoId, userId, month, timeZone }: SentInMonth): Promise<ReadonlyMap<string, Counts>> {
  const time = timeOf(month, timeZone);
  const [items, codes] = await readAll(
    () => itemsSentBetween({ isoId, userId }, time),
    () => bindingsBoundBetween({ isoId, userId }, time),
  );
  const others = await findItems([...new Set(items.flatMap((item) => otherHalfRef(item) ?? []))]);
  const known = new Map(others.map((item) => [item.itemRef, item]));
  const under = (item: Item): readonly string[] => keysOf(item, known.get(otherHalfRef(item) ?? ''));
  const all: readonly (readonly [at: number, key: string])[] = [
    ...items.flatMap((item) => under(item).map((key) => [item.submittedAt, key] as const)),
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
