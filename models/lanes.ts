import { AppError } from '@field/kit/errors';
import { model, Schema } from 'mongoose';
import { type Transaction, unlessDuplicate } from './transaction.ts';

/** Who applies a person's messages at this moment: one process, for as long as it keeps the lease (design 4). */
interface LaneRow {
  _id: string;
  token: string;
  /** By `machine()`. */
  until: number;
}

export const LANE_LEASE_MS = 30_000;

const schema = new Schema<LaneRow>({ _id: String, token: String, until: Number }, { versionKey: false });
const Lanes = model<LaneRow>('lanes', schema);

/** Takes the lane if nobody holds it; `false` when somebody does. */
export async function holdLane(lane: string, token: string, machine: number): Promise<boolean> {
  const lease = { token, until: machine + LANE_LEASE_MS };
  const taken = await Lanes.findOneAndUpdate({ _id: lane, until: { $lte: machine } }, { $set: lease }).lean();
  if (taken !== null) return true;
  return await unlessDuplicate(() => Lanes.create([{ _id: lane, ...lease }]));
}

/** Proves inside a transaction that the lane is still ours, and renews it; `lane.lost` otherwise. */
export async function keepLane(lane: string, token: string, machine: number, tx: Transaction): Promise<void> {
  const kept = await Lanes.updateOne(
    { _id: lane, token },
    { $set: { until: machine + LANE_LEASE_MS } },
    { session: tx },
  );
  if (kept.matchedCount !== 1) throw new AppError('lane.lost');
}

export async function releaseLane(lane: string, token: string): Promise<void> {
  await Lanes.updateOne({ _id: lane, token }, { $set: { until: 0 } });
}

/** Frees every lane: for a process that has just opened its own store, so that whoever held one is gone. */
export async function freeLanes(): Promise<void> {
  await Lanes.updateMany({ until: { $gt: 0 } }, { $set: { until: 0 } });
}
