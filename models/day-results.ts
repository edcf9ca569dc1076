import { collection, type RecordOf } from './collection.ts';
import { flag, number, text } from './fields.ts';
import type { Transaction } from './transaction.ts';

const DayResults = collection('dayresults', {
  /** `<dataDate>/<isoId>`, or `<dataDate>/<isoId>/<userId>`. */
  id: 'dayResultId',
  fields: {
    dataDate: text(),
    isoId: text(),
    /** Absent for the ISO itself, which hears of it in its groups. */
    userId: text().optional(),
    /** How often a file brought something of that day; what was told is told up to here. */
    news: number(),
  },
  own: { pending: flag() },
  indexes: [[{ pending: 1 }, { partialFilterExpression: { pending: true } }]],
});

/** Whom a day's data concerns: a staff member, or their ISO. It is `pending` until they have been told. */
export interface DayResult extends RecordOf<typeof DayResults> {}

/** What a day's data brought: news for somebody, or for their ISO. */
export type DayNews = Pick<DayResult, 'dataDate' | 'isoId' | 'userId'>;

/** The ids of the results that these are news of: of each person's, and of the ISO's. */
export function dayResultIds(news: readonly DayNews[]): readonly string[] {
  return [...byId(news).keys()];
}

function byId(news: readonly DayNews[]): ReadonlyMap<string, DayNews> {
  return new Map(
    news.flatMap(({ dataDate, isoId, userId }) => {
      const ofIso = [`${dataDate}/${isoId}`, { dataDate, isoId }] as const;
      return userId === undefined ? [ofIso] : [ofIso, [`${ofIso[0]}/${userId}`, { dataDate, isoId, userId }] as const];
    }),
  );
}

/**
 * Notes in the transaction that lands it that a day's data brought something for these people and their ISOs; not of the results in `noted`, by id,
 * of which it is noted already, and nobody was told since.
 */
export async function noteDayResults(
  news: readonly DayNews[],
  tx: Transaction,
  noted: ReadonlySet<string> = new Set(),
): Promise<void> {
  const updates = [...byId(news)].flatMap(([dayResultId, setOnInsert]) =>
    noted.has(dayResultId)
      ? []
      : [{ filter: { dayResultId }, change: { setOnInsert, set: { pending: true }, inc: { news: 1 } }, upsert: true }],
  );
  await DayResults.updateWithOthers(updates, tx);
}

/** Who is still to be told: people before groups, older days first. */
export async function pendingDayResults(): Promise<readonly DayResult[]> {
  const results = await DayResults.find({ pending: true });
  return [...results].sort((one, other) => rank(one).localeCompare(rank(other)));
}

function rank({ dataDate, isoId, userId }: DayResult): string {
  return `${dataDate}/${userId === undefined ? 1 : 0}/${isoId}/${userId ?? ''}`;
}

/** They were told what was known; what came since stays pending. */
export async function dayResultTold({ dayResultId, news }: DayResult): Promise<void> {
  await DayResults.update({ dayResultId, news }, { set: { pending: false } });
}

/** Forgets whom a day (`YYYYMMDD`) before this one concerned, once they were told; at most some. */
export async function forgetDayResults(beforeDay: string, most: number): Promise<number> {
  const past = { dayResultId: { $lt: beforeDay }, pending: false };
  const rows = await DayResults.find(past, { only: ['dayResultId'], limit: most });
  return await DayResults.removeAll({ dayResultId: { $in: rows.map(({ dayResultId }) => dayResultId) } });
}
