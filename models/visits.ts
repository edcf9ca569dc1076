import { model, Schema } from 'mongoose';
import { unlessDuplicate } from './transaction.ts';

interface VisitRow {
  /** What is counted, and since when. */
  _id: string;
  count: number;
  /** When it counts no more; the row goes then. */
  until: Date;
}

const schema = new Schema<VisitRow>({ _id: String, count: Number, until: Date }, { versionKey: false });
schema.index({ until: 1 }, { expireAfterSeconds: 0 });

const Visits = model<VisitRow>('visits', schema);

/** Adds `count` visits to a window that ends at `until` (by `machine()`); answers how many it has over all processes. */
export async function addVisits(window: string, count: number, until: number): Promise<number> {
  const add = { $inc: { count }, $setOnInsert: { until: new Date(until) } };
  let total = count;
  const write = async (): Promise<void> => {
    const row = await Visits.findOneAndUpdate({ _id: window }, add, { upsert: true, returnDocument: 'after' }).lean();
    total = row?.count ?? count;
  };
  // two processes may begin the same window
  if (!(await unlessDuplicate(write))) await write();
  return total;
}
