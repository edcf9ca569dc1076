import type { AwaitedCall } from '../src/platform/platform.ts';
import { outageMs } from '../src/work/back-off.ts';
import { collection } from './collection.ts';
import { unlessDuplicate } from './duplicate-key.ts';
import { number } from './fields.ts';

/** Calls that fail at the moment, in whatever process: each stands here until it has worked once. */
const Outages = collection('outages', {
  id: 'call',
  fields: {
    /** How often it was asked for in vain, those that were under way at once counted once. */
    failures: number(),
    /** When it failed first, by `clock.now()`. Absent where a release before this one wrote it. */
    since: number().optional(),
    /** By `clock.now()`: what has failed waits until then. */
    until: number(),
    /** By `machine()`: until then whoever saw it work makes due what waits for it. */
    liftedUntil: number().optional(),
  },
});

/** Longer than it takes to make due what waits, for whoever does not die of it. */
const LIFT_MS = 10_000;

/** A call that was out, and has worked. */
export interface EndedOutage {
  readonly call: AwaitedCall;
  readonly since?: number | undefined;
  readonly until: number;
}

/** What a failure of a call means for what needed it. */
export interface Failure {
  readonly until: number;
  /** The call had worked before: it may be what was asked that fails, and not the call. */
  readonly alone: boolean;
  /** This failure has made the wait longer, for all that wait. */
  readonly prolonged: boolean;
}

/**
 * Notes that a call failed at `now` (`clock.now()`). It is asked for again after 1 s, doubled with each failure up to 5 min, half of it
 * chance (`random`, 0 to 1), and not before the `askedMs` that DingTalk asked for.
 */
export async function callFailed(
  call: AwaitedCall,
  { now, askedMs, random }: { now: number; askedMs: number; random: number },
): Promise<Failure> {
  for (;;) {
    const known = await Outages.get(call);
    // what is being made due has worked meanwhile
    const failing = known?.liftedUntil === undefined ? known : undefined;
    if (failing !== undefined && now < failing.until && now + askedMs <= failing.until) {
      return { until: failing.until, alone: false, prolonged: false };
    }
    const failures = (failing?.failures ?? 0) + 1;
    const until = now + Math.max(outageMs(failures, random), askedMs);
    const since = failing === undefined ? now : failing.since;
    const anew = { set: { failures, since: since ?? null, until, liftedUntil: null } } as const;
    const noted =
      known === undefined
        ? await unlessDuplicate(() => Outages.add({ call, failures, since, until }))
        : (await Outages.update({ call, until: known.until }, anew)).matchedCount === 1;
    if (noted) return { until, alone: failing === undefined, prolonged: true };
  }
}

/**
 * A call worked: answers the outages that this ends, each to one of all who ask, who makes due what waits for it and says then that it
 * is the end of it (`endOutage`). Whoever does not come to that leaves it to the next one that works, after ten seconds.
 */
export async function callWorked(call: AwaitedCall, machine: number): Promise<readonly EndedOutage[]> {
  const known = await Outages.find({ call: { $in: [call, 'anyCall'] } });
  const ended: EndedOutage[] = [];
  for (const one of [call, 'anyCall'] as const) {
    const outage = known.find((row) => row.call === one);
    if (outage === undefined || isLifted(outage, machine)) continue;
    const asFound = { call: one, until: outage.until, liftedUntil: outage.liftedUntil ?? { $exists: false } } as const;
    const claimed = await Outages.update(asFound, { set: { liftedUntil: machine + LIFT_MS } });
    if (claimed.matchedCount === 1) ended.push({ call: one, since: outage.since, until: outage.until });
  }
  return ended;
}

/** Whether nothing says any more that a call fails: it has worked, and what waited for it is due or is just being made so. */
export async function isOver(call: AwaitedCall): Promise<boolean> {
  const outage = await Outages.get(call, { only: ['liftedUntil'] });
  return outage === undefined || outage.liftedUntil !== undefined;
}

/** Since when the call fails that fails longest, by `clock.now()`; undefined where every call works. */
export async function outSince(): Promise<number | undefined> {
  const since = (await Outages.find({})).flatMap(({ since, until }) => since ?? until);
  return since.length === 0 ? undefined : Math.min(...since);
}

/** What waited for it is due; `false` where it has failed anew since, and goes on. */
export async function endOutage({ call, until }: Pick<EndedOutage, 'call' | 'until'>): Promise<boolean> {
  return (await Outages.removeAll({ call, until })) === 1;
}

/** One that would end later than it can was noted by another clock. */
function isLifted({ liftedUntil = 0 }: { readonly liftedUntil?: number | undefined }, machine: number): boolean {
  return liftedUntil > machine && liftedUntil <= machine + LIFT_MS;
}
