import { randomUUID } from 'node:crypto';
import { present } from '@field/kit/present';
import { type Counts, sumOfCounts } from '../src/domain/work-counts.ts';
import { collection } from './collection.ts';
import { number, text, value } from './fields.ts';
import { readAll } from './read-together.ts';
import type { Reads } from './single-write.ts';
import { RESULTS, STANDING, type TallySums } from './tally-sums.ts';
import type { Transaction } from './transaction.ts';

const Tallies = collection('tallies', {
  id: 'tallyId',
  fields: {
    isoId: text(),
    userId: text(),
    /**
     * `D20261123` or `M202611`: a day, or a month, of the ISO's calendar; `R20261123`: the results of a day, of all of the ISO; `ALL`: how
     * things of the ISO stand now, a row for each who moved any, of which only the sum says something.
     */
    period: text(),
    counts: value<Counts>().optional(),
    /** When the first and the last thing of that time was sent, milliseconds; what is sent again counts elsewhere, and this stays. */
    firstAt: number().optional(),
    lastAt: number().optional(),
    /** Grows with whatever may change a number here, so that two who change both halves of a spot at once meet. */
    changes: number(),
  },
  indexes: [[{ isoId: 1, userId: 1, period: 1 }], [{ isoId: 1, period: 1 }]],
});

/** Adds to the numbers of people, all in one command. Of somebody who was erased while these were read there may be two rows: the numbers are their sum. */
export async function changeTallies(sums: TallySums, tx: Transaction): Promise<void> {
  const updates = sums.periods().map(({ isoId, userId, period, by, firstAt, lastAt }) => {
    const inc: Record<`counts.${string}` | 'changes', number> = { changes: 1 };
    for (const name in by) inc[`counts.${name}`] = by[name] ?? 0;
    return {
      filter: { isoId, userId, period },
      change: { setOnInsert: { tallyId: randomUUID() }, inc, min: { firstAt }, max: { lastAt } },
      upsert: true,
    };
  });
  await Tallies.updateWithOthers(updates, tx);
}

/** By how much which numbers of a period, `D20261123` or `M202611`, are to change. */
export interface TallyCorrection {
  readonly period: string;
  readonly by: Counts;
}

/** That of one period, where any number of it is to change. */
export function asCorrections(period: string, by: Counts): readonly TallyCorrection[] {
  return Object.keys(by).length === 0 ? [] : [{ period, by }];
}

/** Adds what is missing of somebody's numbers, and takes what is too much. */
export async function correctTallies(
  { isoId, userId }: Whose,
  corrections: readonly TallyCorrection[],
  tx: Transaction,
): Promise<void> {
  if (corrections.length === 0) return;
  const updates = corrections.map(({ period, by }) => {
    const numbers = Object.fromEntries(Object.entries(by).map(([name, much]) => [`counts.${name}` as const, much]));
    return {
      filter: { isoId, userId, period },
      change: { setOnInsert: { tallyId: randomUUID() }, inc: { ...numbers, changes: 1 } },
    };
  });
  await Tallies.updateEach(updates, { tx, upsert: true });
}

/** The rows of some numbers: of somebody, or of all of an ISO. */
export interface Counted {
  readonly isoId: string;
  readonly userId?: string | undefined;
  /** As it is stored. */
  readonly period: string;
}

/** How often numbers in these rows may have changed so far, by row: as long as nothing of that has, no number has. */
export async function changesIn({ isoId, userId, period }: Counted, tx?: Reads): Promise<ReadonlyMap<string, number>> {
  const rows = await Tallies.find(present({ isoId, userId, period }), { tx, only: ['tallyId', 'changes'] });
  return new Map(rows.map(({ tallyId, changes }) => [tallyId, changes]));
}

/** What is kept of a month, `202611`, and of its days, by period as it is stored. */
export async function talliesStored({ isoId, userId }: Whose, month: string): Promise<ReadonlyMap<string, Counts>> {
  const [days, months] = await readAll(
    () => Tallies.find({ isoId, userId, period: { $gte: `D${month}01`, $lte: `D${month}31` } }),
    () => Tallies.find({ isoId, userId, period: `M${month}` }),
  );
  const stored = new Map<string, Counts>();
  for (const { period, counts = {} } of [...days, ...months])
    stored.set(period, addedTo(stored.get(period) ?? {}, counts));
  return stored;
}

/** Unlike a sum that is shown it keeps what is less than nothing: that is to be put right, too. */
function addedTo(sum: Counts, counts: Counts): Counts {
  return Object.fromEntries(
    [...new Set([...Object.keys(sum), ...Object.keys(counts)])].map((name) => [
      name,
      (sum[name] ?? 0) + (counts[name] ?? 0),
    ]),
  );
}

/** What somebody sent in some time and how it stands now. */
export interface TallyOf {
  readonly counts: Counts;
  readonly firstAt?: number | undefined;
  readonly lastAt?: number | undefined;
}

interface Whose {
  readonly isoId: string;
  readonly userId: string;
}

/** By the days of a time, `20261101` and `20261130` included, on which somebody sent anything. */
export async function talliesByDay(whose: Whose, from: string, to: string): Promise<ReadonlyMap<string, TallyOf>> {
  return await talliesBetween(whose, `D${from}`, `D${to}`);
}

/** By the months of a time, `202601` and `202611` included. */
export async function talliesByMonth(whose: Whose, from: string, to: string): Promise<ReadonlyMap<string, TallyOf>> {
  return await talliesBetween(whose, `M${from}`, `M${to}`);
}

async function talliesBetween({ isoId, userId }: Whose, from: string, to: string) {
  const rows = await Tallies.find({ isoId, userId, period: { $gte: from, $lte: to } });
  return together(rows.map((row) => [row.period.slice(1), row]));
}

/** By person what was sent for an ISO on a day, `20261123`, or in a month, `202611`. */
export async function talliesOfIso(isoId: string, time: string): Promise<ReadonlyMap<string, TallyOf>> {
  const rows = await Tallies.find({ isoId, period: `${time.length === 8 ? 'D' : 'M'}${time}` });
  return together(rows.map((row) => [row.userId, row]));
}

/** How the shops and the spots stand now that the data of a day decided about, `20261123`. */
export async function resultsOfDay(isoId: string, day: string): Promise<Counts> {
  const rows = await Tallies.find({ isoId, userId: RESULTS, period: `R${day}` });
  return rows.map(({ counts = {} }) => counts).reduce(addedTo, {});
}

/** How things of an ISO stand, by what they are counted under; what is none is left out. */
export async function standingIn(isoId: string): Promise<Counts> {
  const rows = await Tallies.find({ isoId, period: STANDING }, { only: ['counts'] });
  const sum = rows.map(({ counts = {} }) => counts).reduce(addedTo, {});
  return Object.fromEntries(Object.entries(sum).filter(([, count]) => count !== 0));
}

/** The first month in which somebody sent anything, `202601`. */
export async function firstMonthOf({ isoId, userId }: Whose): Promise<string | undefined> {
  const filter = { isoId, userId, period: { $gte: 'M' } };
  return (await Tallies.findOne(filter, { only: ['period'], sort: { period: 1 } }))?.period.slice(1);
}

type Stored = { readonly [Key in keyof TallyOf]?: TallyOf[Key] | undefined };

function together(rows: readonly (readonly [string, Stored])[]): ReadonlyMap<string, TallyOf> {
  const all = new Map<string, Stored[]>();
  for (const [key, row] of rows) all.set(key, [...(all.get(key) ?? []), row]);
  return new Map([...all].map(([key, some]) => [key, sumOf(some)]));
}

function sumOf(rows: readonly Stored[]): TallyOf {
  const first = rows.flatMap(({ firstAt }) => firstAt ?? []);
  const last = rows.flatMap(({ lastAt }) => lastAt ?? []);
  return {
    counts: sumOfCounts(rows.map(({ counts = {} }) => counts)),
    firstAt: first.length === 0 ? undefined : Math.min(...first),
    lastAt: last.length === 0 ? undefined : Math.max(...last),
  };
}
