import type { Clock } from '@field/kit/clock';
import type { IdSource } from '@field/kit/ids';
import type { Logger } from '@field/kit/log';
import { dropLease, holdLease } from '../../models/leases.ts';
import { markHandedOver, submissionsLeft, submissionsToHandOver } from '../../models/submissions.ts';
import type { InFlight } from '../work/in-flight.ts';
import { createSingleWorker } from '../work/single-worker.ts';
import { hourly, type Job } from './jobs.ts';
import type { Outgoing } from './outgoing.ts';

export interface HandOverOptions {
  readonly outgoing: Outgoing;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Logger;
  readonly inFlight: InFlight;
}

/** Brings what was submitted into the outgoing file, once: written first, marked after; a crash in between changes nothing. */
export interface HandOver {
  /** Looks for submissions now. */
  wake(): void;
  close(): Promise<void>;
  /** Does this while no process writes there; undefined while another one does. */
  whileNobodyWrites<T>(work: () => Promise<T>): Promise<T | undefined>;
  /** Closes the file that is being written, hourly (and so at the day's end). */
  readonly job: Job;
}

const BATCH = 100;
const LEASE = 'hand-over';
const LEASE_MS = 60_000;
const AFTER_FAILURE_MS = 5_000;

export function createHandOver(options: HandOverOptions): HandOver {
  const { clock, log, inFlight, outgoing } = options;
  const token = options.ids.lease();
  const work = createSingleWorker({
    name: 'hand-over',
    inFlight,
    async round() {
      // it is woken by every tap, and a lease is a write
      if ((await submissionsLeft()) === 0) return;
      if (!(await holdLease(LEASE, token, clock.machine(), LEASE_MS))) return work.wakeIn(AFTER_FAILURE_MS);
      if (await handOverBatch()) work.wake();
    },
    failed(error) {
      log.error({ err: error }, 'handOver.failed');
      work.wakeIn(AFTER_FAILURE_MS);
    },
  });

  async function handOverBatch(): Promise<boolean> {
    const waiting = await submissionsToHandOver(BATCH);
    if (waiting.length === 0) return false;
    const { handedOver, failed } = await outgoing.append(waiting);
    for (const { submissionKey, error } of failed) log.error({ submissionKey, code: error.code }, 'handOver.rowFailed');
    for (const { submissionKey, file } of handedOver) await markHandedOver([submissionKey], file);
    if (failed.length > 0) work.wakeIn(AFTER_FAILURE_MS);
    return handedOver.length === BATCH;
  }

  return {
    wake: work.wake,
    async close() {
      await work.close();
      await dropLease(LEASE, token);
    },
    async whileNobodyWrites(doing) {
      return (await holdLease(LEASE, token, clock.machine(), LEASE_MS)) ? await doing() : undefined;
    },
    job: {
      name: 'close-outgoing-file',
      ...hourly(0),
      async run() {
        if (await holdLease(LEASE, token, clock.machine(), LEASE_MS)) await outgoing.close();
      },
    },
  };
}
