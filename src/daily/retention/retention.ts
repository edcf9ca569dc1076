import type { Clock } from '@field/kit/clock';
import { asAppError } from '@field/kit/errors';
import type { IdSource } from '@field/kit/ids';
import type { Logger } from '@field/kit/log';
import { dropLease, holdLease } from '../../../models/leases.ts';
import type { InFlight } from '../../work/in-flight.ts';
import { createSingleWorker } from '../../work/single-worker.ts';
import { everyMinutes, type Job } from '../jobs.ts';
import type { RetentionRule } from './rule.ts';

export interface RetentionOptions {
  /** What its job and its turn are called: `retention`. */
  readonly name: string;
  /** The process whose folders it removes from; without, it removes from what all processes share, and one does it for all. */
  readonly process: string | undefined;
  /** In the order in which they are followed: what points to something goes before it. */
  readonly rules: readonly RetentionRule[];
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Logger;
  readonly inFlight: InFlight;
}

/** Removes what is over, once a day, in batches so small that nobody waits for them (data 6). */
export interface RetentionWork {
  /** Goes on with what a process that was ended may have left. */
  wake(): void;
  close(): Promise<void>;
  readonly job: Job;
}

const LEASE_MS = 60_000;
/** 19:30 UTC is the middle of the night from Bangkok to Shanghai. */
const NIGHTLY = everyMinutes(24 * 60, 19 * 60 + 30);

export function createRetention(options: RetentionOptions): RetentionWork {
  const { name, process, rules, clock, log, inFlight } = options;
  const token = options.ids.lease();
  const lease = process === undefined ? name : `${name}/${process}`;
  let renewAt = 0;
  const work = createSingleWorker({
    name,
    inFlight,
    async round() {
      if (!(await hold())) return work.wakeIn(LEASE_MS);
      const removed: Record<string, number> = {};
      for (const rule of rules) {
        const count = await follow(rule);
        if (count === undefined) return;
        if (count > 0) removed[rule.of] = count;
      }
      await dropLease(lease, token);
      if (Object.keys(removed).length > 0) log.info(removed, 'retention.done');
    },
    failed: (err) => log.error({ err }, 'retention.failed'),
  });

  async function hold(): Promise<boolean> {
    renewAt = clock.machine() + LEASE_MS / 4;
    return await holdLease(lease, token, clock.machine(), LEASE_MS);
  }

  /** Called after each batch; asks the database only once a while. */
  async function stillMine(): Promise<boolean> {
    return clock.machine() < renewAt || (await hold());
  }

  /** How many went; undefined when it is no longer this process's to go on. One rule that fails keeps no other from it. */
  async function follow(rule: RetentionRule): Promise<number | undefined> {
    let count = 0;
    try {
      for await (const removed of rule.remove(clock.now())) {
        count += removed;
        if (work.isClosed() || !(await stillMine())) return undefined;
      }
    } catch (thrown) {
      const error = asAppError(thrown);
      log.error({ of: rule.of, code: error.code, err: error.cause ?? error }, 'retention.ruleFailed');
    }
    return count;
  }

  return {
    wake: work.wake,
    close: work.close,
    job: {
      name,
      ...NIGHTLY,
      everywhere: process === undefined ? undefined : true,
      async run() {
        work.wake();
      },
    },
  };
}
