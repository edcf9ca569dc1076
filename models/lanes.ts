import { AppError } from '@field/kit/errors';
import { collection } from './collection.ts';
import { unlessDuplicate } from './duplicate-key.ts';
import { number, text } from './fields.ts';
import { heldBy } from './holders.ts';
import type { Transaction } from './transaction.ts';

export const LANE_LEASE_MS = 30_000;

/** Who applies a person's messages at this moment: one process, for as long as it keeps the lease (architecture 4). */
const Lanes = collection('lanes', {
  id: 'lane',
  fields: {
    token: text(),
    /** By `machine()`. */
    until: number(),
  },
});

/** Takes the lane if nobody holds it; `false` when somebody does. */
export async function holdLane(lane: string, token: string, machine: number): Promise<boolean> {
  const lease = { token, until: machine + LANE_LEASE_MS };
  const taken = await Lanes.update({ lane, until: { $lte: machine } }, { set: lease });
  if (taken.matchedCount === 1) return true;
  return await unlessDuplicate(() => Lanes.add({ lane, ...lease }));
}

/** Proves inside a transaction that the lane is still ours, and renews it; `lane.lost` otherwise. */
export async function keepLane(lane: string, token: string, machine: number, tx: Transaction): Promise<void> {
  const kept = await Lanes.update({ lane, token }, { set: { until: machine + LANE_LEASE_MS } }, { tx });
  if (kept.matchedCount !== 1) throw new AppError('lane.lost');
}

export async function releaseLane(lane: string, token: string): Promise<void> {
  await Lanes.update({ lane, token }, { set: { until: 0 } });
}

/** This machine's clock was set back: no lane is held for longer than from now on. */
export async function shortenLanes(machine: number): Promise<void> {
  const until = machine + LANE_LEASE_MS;
  await Lanes.updateAll({ until: { $gt: until } }, { min: { until } });
}

/** Frees every lane that this process held, or everybody: whoever it was is gone. */
export async function freeLanes(process?: string): Promise<void> {
  await Lanes.updateAll({ until: { $gt: 0 }, token: heldBy(process) }, { set: { until: 0 } });
}
