import type { Tally } from '../src/domain/item-standing.ts';
import { collection, type RecordOf } from './collection.ts';
import { list, number, text, value } from './fields.ts';
import { mustHaveMatched, type Transaction } from './transaction.ts';

const ResultDays = collection('resultdays', {
  id: 'resultDayId',
  fields: {
    version: number(),
    userId: text(),
    isoId: text(),
    /** The calendar day of the data, `YYYYMMDD`. */
    dataDate: text(),
    stores: value<Tally>(),
    spots: value<Tally>(),
    /** What failed that day, by `itemRef`; what became of it since is asked of the item. */
    failed: list<string>(),
    /** What its card reminds of: what had failed before, by `itemRef`, inspections that are due, drafts that were left. */
    reminds: list<string>().optional(),
  },
});

/** What the data of one day brought a person, as it was told: an old card that is redrawn says the same again. */
export interface ResultDay extends RecordOf<typeof ResultDays> {}

export function resultDayId(userId: string, dataDate: string): string {
  return `${dataDate}/${userId}`;
}

/** Keeps what is told of a day: made by its first file, replaced when another file of that day lands. */
export async function keepResultDay(
  set: Omit<ResultDay, 'resultDayId' | 'version'>,
  tx: Transaction,
): Promise<ResultDay> {
  const id = resultDayId(set.userId, set.dataDate);
  return mustHaveMatched(
    await ResultDays.change({ resultDayId: id }, { set, inc: { version: 1 } }, { upsert: true, tx }),
  );
}

export async function findResultDay(id: string): Promise<ResultDay | undefined> {
  return await ResultDays.get(id);
}

/** A page of what days before this one (`YYYYMMDD`) brought people, the oldest first. */
export async function pastResultDays(
  beforeDay: string,
  { skip, limit }: { readonly skip: number; readonly limit: number },
): Promise<readonly string[]> {
  const filter = { resultDayId: { $lt: beforeDay } };
  const rows = await ResultDays.find(filter, { only: ['resultDayId'], sort: { resultDayId: 1 }, skip, limit });
  return rows.map(({ resultDayId }) => resultDayId);
}

export async function forgetResultDays(ids: readonly string[]): Promise<number> {
  return await ResultDays.removeAll({ resultDayId: { $in: ids } });
}
