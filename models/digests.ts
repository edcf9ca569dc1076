import type { ReviewNumbers } from '../src/domain/review-numbers.ts';
import { collection, type RecordOf } from './collection.ts';
import { number, text, value } from './fields.ts';
import type { Reads } from './single-write.ts';
import type { Transaction } from './transaction.ts';

const Digests = collection('digests', {
  id: 'digestId',
  fields: {
    isoId: text(),
    /** `YYYYMMDD`. */
    dataDate: text(),
    /** When it was told, milliseconds. */
    toldAt: number(),
    numbers: value<ReviewNumbers>(),
    /** Failures that were to be put right soon after that. */
    urgent: number(),
    /** Until the end of which day (`YYYYMMDD`), by the ISO's calendar; what an earlier release counted by hours says none. */
    urgentBy: text().optional(),
    /** Failures that had been open for days by then. Absent where a release before this one told it. */
    old: number().optional(),
    /** Inspections that were due by the end of the next day, or overdue. Absent as `old` is. */
    inspections: number().optional(),
    version: number(),
  },
  indexes: [[{ dataDate: 1, digestId: 1 }]],
});

/** What an ISO's groups are told of one day's data. Kept, so that the card of that day goes on saying what it said. */
export interface Digest extends RecordOf<typeof Digests> {}

/** The one name of an ISO's digest of a day. */
export function digestId(isoId: string, dataDate: string): string {
  return `${isoId}:${dataDate}`;
}

/** Writes the numbers of a day; another file of the same day writes them again. */
export async function writeDigest(digest: Omit<Digest, 'digestId' | 'version'>, tx: Transaction): Promise<void> {
  const { isoId, dataDate, toldAt, ...set } = digest;
  await Digests.update(
    { digestId: digestId(isoId, dataDate) },
    { set, setOnInsert: { isoId, dataDate, toldAt }, inc: { version: 1 } },
    { upsert: true, tx },
  );
}

export async function findDigest(id: string, tx?: Reads): Promise<Digest | undefined> {
  return await Digests.get(id, { tx });
}

/** Those of an ISO of these days, as far as there are any. */
export async function digestsOf(isoId: string, days: readonly string[]): Promise<readonly Digest[]> {
  return await Digests.find({ digestId: { $in: days.map((day) => digestId(isoId, day)) } });
}

/** A page of the digests of days before this one (`YYYYMMDD`), the oldest first. */
export async function pastDigests(
  beforeDay: string,
  { skip, limit }: { readonly skip: number; readonly limit: number },
): Promise<readonly string[]> {
  const filter = { dataDate: { $lt: beforeDay } };
  const rows = await Digests.find(filter, { only: ['digestId'], sort: { dataDate: 1, digestId: 1 }, skip, limit });
  return rows.map(({ digestId: id }) => id);
}

export async function forgetDigests(ids: readonly string[]): Promise<number> {
  return await Digests.removeAll({ digestId: { $in: ids } });
}

/** Those of an ISO of the days (`YYYYMMDD`) from one on and before another, the oldest first. */
export async function digestsBetween(isoId: string, from: string, before: string): Promise<readonly Digest[]> {
  const filter = { digestId: { $gte: digestId(isoId, from), $lt: digestId(isoId, before) } };
  return await Digests.find(filter, { sort: { digestId: 1 } });
}
