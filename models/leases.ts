import { model, Schema } from 'mongoose';
import { unlessDuplicate } from './transaction.ts';

interface LeaseRow {
  _id: string;
  token: string;
  /** By `machine()`. */
  until: number;
}

interface RunRow {
  /** `job@slot`. */
  _id: string;
  at: Date;
}

const RUNS_KEPT_SECONDS = 7 * 24 * 3600;

const Leases = model<LeaseRow>(
  'leases',
  new Schema<LeaseRow>({ _id: String, token: String, until: Number }, { versionKey: false }),
);

const runSchema = new Schema<RunRow>({ _id: String, at: Date }, { versionKey: false });
runSchema.index({ at: 1 }, { expireAfterSeconds: RUNS_KEPT_SECONDS });
const Runs = model<RunRow>('runs', runSchema);

/** Takes or renews a named lease over all processes, for `ms` of machine time; `false` while another holds it. */
export async function holdLease(name: string, token: string, machine: number, ms: number): Promise<boolean> {
  const lease = { token, until: machine + ms };
  const renewed = await Leases.updateOne({ _id: name, token }, { $set: lease });
  if (renewed.matchedCount === 1) return true;
  const taken = await Leases.updateOne({ _id: name, until: { $lte: machine } }, { $set: lease });
  if (taken.matchedCount === 1) return true;
  return await unlessDuplicate(() => Leases.create([{ _id: name, ...lease }]));
}

export async function dropLease(name: string, token: string): Promise<void> {
  await Leases.updateOne({ _id: name, token }, { $set: { until: 0 } });
}

/** Claims one slot of a job: `true` for the first process that asks, once for ever (design 11). */
export async function claimRun(job: string, slot: string, machine: number): Promise<boolean> {
  return await unlessDuplicate(() => Runs.create([{ _id: `${job}@${slot}`, at: new Date(machine) }]));
}

/** Frees every lease; see `freeLanes`. */
export async function freeLeases(): Promise<void> {
  await Leases.updateMany({ until: { $gt: 0 } }, { $set: { until: 0 } });
}
