import { collection } from './collection.ts';
import { unlessDuplicate } from './duplicate-key.ts';
import { date, number } from './fields.ts';

const Visits = collection('visits', {
  /** What is counted, and since when. */
  id: 'window',
  fields: {
    count: number(),
    /** When it counts no more; the row goes then. */
    until: date(),
  },
  indexes: [[{ until: 1 }, { expireAfterSeconds: 0 }]],
});

/** Adds `count` visits to a window that ends at `until` (by `machine()`); answers how many it has over all processes. */
export async function addVisits(window: string, count: number, until: number): Promise<number> {
  const add = { inc: { count }, setOnInsert: { until: new Date(until) } };
  let total = count;
  const write = async (): Promise<void> => {
    const row = await Visits.change({ window }, add, { upsert: true });
    total = row?.count ?? count;
  };
  // two processes may begin the same window
  if (!(await unlessDuplicate(write))) await write();
  return total;
}
