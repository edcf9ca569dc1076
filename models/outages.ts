import type { AwaitedCall } from '../src/platform/platform.ts';
import { outageMs } from '../src/work/back-off.ts';
import { collection } from './collection.ts';
import { number } from './fields.ts';
import { unlessDuplicate } from './transaction.ts';

/** Calls that fail at the moment, in whatever process: each stands here until it has worked once. */
const Outages = collection('outages', {
  id: 'call',
  fields: {
    /** How often it was asked for in vain, those that were under way at once counted once. */
    failures: number(),
    /** By `clock.now()`: what has failed waits until then. */
    until: number(),
  },
});

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
    if (known !== undefined && now < known.until && now + askedMs <= known.until) {
      return { until: known.until, alone: false, prolonged: false };
    }
    const failures = (known?.failures ?? 0) + 1;
    const until = now + Math.max(outageMs(failures, random), askedMs);
    const noted =
      known === undefined
        ? await unlessDuplicate(() => Outages.add({ call, failures, until }))
        : (await Outages.update({ call, until: known.until }, { set: { failures, until } })).matchedCount === 1;
    if (noted) return { until, alone: known === undefined, prolonged: true };
  }
}

/** Notes that a call worked: answers which calls that ends the outage of, once over all processes. */
export async function callWorked(call: AwaitedCall): Promise<readonly AwaitedCall[]> {
  const known = await Outages.find({ call: { $in: [call, 'anyCall'] } });
  const failing = new Set(known.map((outage) => outage.call));
  const ended: AwaitedCall[] = [];
  for (const one of [call, 'anyCall'] as const) {
    if (failing.has(one) && (await Outages.removeAll({ call: one })) === 1) ended.push(one);
  }
  return ended;
}
