import { model, Schema } from 'mongoose';
import type { Tally } from '../src/domain/item-standing.ts';
import { mustHaveMatched, type Transaction } from './transaction.ts';

/** What the data of one day brought a person, as it was told: an old card that is redrawn says the same again. */
export interface ResultDay {
  readonly resultDayId: string;
  readonly version: number;
  readonly userId: string;
  readonly isoId: string;
  /** The calendar day of the data, `YYYYMMDD`. */
  readonly dataDate: string;
  readonly stores: Tally;
  readonly spots: Tally;
  /** What failed that day, by `itemRef`; what became of it since is asked of the item. */
  readonly failed: readonly string[];
}

interface ResultDayRow extends Omit<ResultDay, 'resultDayId' | 'failed'> {
  _id: string;
  failed: string[];
}

const schema = new Schema<ResultDayRow>(
  {
    _id: String,
    version: Number,
    userId: String,
    isoId: String,
    dataDate: String,
    stores: { type: Object },
    spots: { type: Object },
    failed: [String],
  } as never,
  { versionKey: false, minimize: false },
);

const ResultDays = model<ResultDayRow>('resultdays', schema);

export function resultDayId(userId: string, dataDate: string): string {
  return `${dataDate}/${userId}`;
}

/** Keeps what is told of a day: made by its first file, replaced when another file of that day lands. */
export async function keepResultDay(
  day: Omit<ResultDay, 'resultDayId' | 'version'>,
  tx: Transaction,
): Promise<ResultDay> {
  const { failed, ...rest } = day;
  const row = await ResultDays.findOneAndUpdate(
    { _id: resultDayId(day.userId, day.dataDate) },
    { $set: { ...rest, failed: [...failed] }, $inc: { version: 1 } },
    { upsert: true, returnDocument: 'after', session: tx },
  ).lean();
  return toResultDay(mustHaveMatched(row));
}

export async function findResultDay(id: string): Promise<ResultDay | undefined> {
  const row = await ResultDays.findById(id).lean();
  return row === null ? undefined : toResultDay(row);
}

function toResultDay({ _id, ...rest }: ResultDayRow): ResultDay {
  return { resultDayId: _id, ...rest };
}
