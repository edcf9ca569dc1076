import type { Clock } from '@field/kit/clock';
import type { IdSource } from '@field/kit/ids';
import type { Logger } from '@field/kit/log';
import { dropLease, holdLease } from '../../models/leases.ts';
import { freeFolders, markHandedOver, submissionsLeft, submissionsToHandOver } from '../../models/submissions.ts';
import type { InFlight } from '../work/in-flight.ts';
import { createSingleWorker } from '../work/single-worker.ts';
import { hourly, type Job, onlyFrom } from './jobs.ts';
import type { Outgoing } from './outgoing.ts';

export interface HandOverOptions {
  readonly outgoing: Outgoing;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Logger;
  readonly inFlight: InFlight;
}

/**
 * Brings what was submitted into the outgoing file, once: written first, marked after; a crash in between changes nothing. Each process has
 * a folder of its own, so before that a row says for which it is: the lease alone does not hold back whoever was frozen, or goes by a
 * clock that is wrong.
 */
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
const LEASE_MS = 60_000;
const AFTER_FAILURE_MS = 5_000;
/** Who has not come back to their folder by then does not: the machine is gone, with what was written there. */
const FOLDER_GONE_MS = 24 * 3_600_000;

function leaseOf(folder: string): string {
  return `hand-over/${folder}`;
}

export function createHandOver(options: HandOverOptions): HandOver {
  const { clock, log, inFlight, outgoing } = options;
  const token = options.ids.lease();
  /** One, until a demo begins afresh. */
  const held = new Set<string>();
  const work = createSingleWorker({
    name: 'hand-over',
    inFlight,
    async round() {
      // it is woken by every tap, and a lease is a write
      if ((await submissionsLeft()) === 0) return;
      const folder = await ourFolder();
      if (folder === undefined) return work.wakeIn(AFTER_FAILURE_MS);
      if (await handOverBatch(folder)) work.wake();
    },
    failed(error) {
      log.error({ err: error }, 'handOver.failed');
      work.wakeIn(AFTER_FAILURE_MS);
    },
  });

  /** The name of the folder, if no other process has it. */
  async function ourFolder(): Promise<string | undefined> {
    const folder = await outgoing.name(options.ids.next());
    if (!(await holdLease(leaseOf(folder), token, clock.machine(), LEASE_MS))) return undefined;
    held.add(folder);
    return folder;
  }

  async function handOverBatch(folder: string): Promise<boolean> {
    const waiting = await submissionsToHandOver(folder, { limit: BATCH, machine: clock.machine() });
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
      for (const folder of held) await dropLease(leaseOf(folder), token);
    },
    async whileNobodyWrites(doing) {
      return (await ourFolder()) === undefined ? undefined : await doing();
    },
    job: {
      name: 'close-outgoing-file',
      ...onlyFrom(hourly(0), async () => ((await outgoing.isOpen()) ? 0 : undefined)),
      everywhere: true,
      async run() {
        if ((await ourFolder()) !== undefined) await outgoing.close();
        await freeFolders(clock.machine() - FOLDER_GONE_MS);
      },
    },
  };
}
