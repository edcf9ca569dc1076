import { model, Schema } from 'mongoose';
import type { Transaction } from './transaction.ts';

/** Whom a day's data concerns: a staff member, or their ISO. It is `pending` until they have been told. */
export interface DayResult {
  readonly dataDate: string;
  readonly isoId: string;
  /** Absent for the ISO itself, which hears of it in its groups. */
  readonly userId: string | undefined;
  /** How often data of that day brought something; what was told is told up to here. */
  readonly news: number;
}

interface Row {
  /** `<dataDate>/<isoId>`, or `<dataDate>/<isoId>/<userId>`. */
  _id: string;
  dataDate: string;
  isoId: string;
  userId?: string;
  news: number;
  pending: boolean;
}

const schema = new Schema<Row>(
  { _id: String, dataDate: String, isoId: String, userId: String, news: Number, pending: Boolean },
  { versionKey: false },
);
schema.index({ pending: 1 }, { partialFilterExpression: { pending: true } });

const DayResults = model<Row>('dayResults', schema);

/** Notes in the transaction that lands it that a day's data brought something for these people and their ISOs. */
export async function noteDayResults(
  results: readonly Pick<DayResult, 'dataDate' | 'isoId' | 'userId'>[],
  tx: Transaction,
): Promise<void> {
  const all = new Map(
    results.flatMap(({ dataDate, isoId, userId }) => {
      const ofIso = { _id: `${dataDate}/${isoId}`, dataDate, isoId };
      const rows = userId === undefined ? [ofIso] : [ofIso, { ...ofIso, _id: `${ofIso._id}/${userId}`, userId }];
      return rows.map((row) => [row._id, row] as const);
    }),
  );
  if (all.size === 0) return;
  await DayResults.bulkWrite(
    [...all.values()].map(({ _id, ...row }) => ({
      updateOne: {
        filter: { _id },
        update: { $setOnInsert: row, $set: { pending: true }, $inc: { news: 1 } },
        upsert: true,
      },
    })),
    { session: tx, ordered: true },
  );
}

/** Who is still to be told: people before groups, older days first. */
export async function pendingDayResults(): Promise<readonly DayResult[]> {
  const rows = await DayResults.find({ pending: true }).lean();
  return rows
    .map(({ dataDate, isoId, userId, news }) => ({ dataDate, isoId, userId, news }))
    .sort((one, other) => rank(one).localeCompare(rank(other)));
}

function rank({ dataDate, isoId, userId }: DayResult): string {
  return `${dataDate}/${userId === undefined ? 1 : 0}/${isoId}/${userId ?? ''}`;
}

/** They were told what was known; what came since stays pending. */
export async function dayResultTold({ dataDate, isoId, userId, news }: DayResult): Promise<void> {
  const _id = [dataDate, isoId, ...(userId === undefined ? [] : [userId])].join('/');
  await DayResults.updateOne({ _id, news }, { $set: { pending: false } });
}
