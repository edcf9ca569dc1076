import { collection } from './collection.ts';
import { unlessDuplicate } from './duplicate-key.ts';
import { date, number, text } from './fields.ts';
import { heldBy } from './holders.ts';

/** Nobody takes a lease for longer at once. */
const LONGEST_MS = 60_000;
const RUNS_KEPT_SECONDS = 7 * 24 * 3600;

const Leases = collection('leases', {
  id: 'name',
  fields: {
    token: text(),
    /** By `machine()`. */
    until: number(),
  },
});

const Runs = collection('runs', {
  /** `job@slot`. */
  id: 'run',
  fields: { at: date() },
  indexes: [[{ at: 1 }, { expireAfterSeconds: RUNS_KEPT_SECONDS }]],
});

/** Takes or renews a named lease over all processes, for `ms` of machine time; `false` while another holds it. */
export async function holdLease(name: string, token: string, machine: number, ms: number): Promise<boolean> {
  const lease = { token, until: machine + ms };
  const renewed = await Leases.update({ name, token }, { set: lease });
  if (renewed.matchedCount === 1) return true;
  const taken = await Leases.update({ name, until: { $lte: machine } }, { set: lease });
  if (taken.matchedCount === 1) return true;
  return await unlessDuplicate(() => Leases.add({ name, ...lease }));
}

export async function dropLease(name: string, token: string): Promise<void> {
  await Leases.update({ name, token }, { set: { until: 0 } });
}

/** Claims one slot of a job: `true` for the first process that asks, once for ever (architecture 11). */
export async function claimRun(job: string, slot: string, machine: number): Promise<boolean> {
  return await unlessDuplicate(() => Runs.add({ run: `${job}@${slot}`, at: new Date(machine) }));
}

/** This machine's clock was set back: no lease lasts longer than from now on. */
export async function shortenLeases(machine: number): Promise<void> {
  const until = machine + LONGEST_MS;
  await Leases.updateAll({ until: { $gt: until } }, { min: { until } });
}

/** Frees the leases; see `freeLanes`. */
export async function freeLeases(process?: string): Promise<void> {
  await Leases.updateAll({ until: { $gt: 0 }, token: heldBy(process) }, { set: { until: 0 } });
}
