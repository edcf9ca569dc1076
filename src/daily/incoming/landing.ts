import { rm } from 'node:fs/promises';
import type { Clock } from '@field/kit/clock';
import { AppError, asAppError } from '@field/kit/errors';
import type { IdSource } from '@field/kit/ids';
import type { Logger } from '@field/kit/log';
import { dataNoticeTold, pendingDataNotices, type StoredNotice } from '../../../models/data-notices.ts';
import { dayResultTold, pendingDayResults } from '../../../models/day-results.ts';
import { dropLease, holdLease } from '../../../models/leases.ts';
import type { InFlight } from '../../work/in-flight.ts';
import { createSingleWorker } from '../../work/single-worker.ts';
import { everyMinutes, type Job } from '../jobs.ts';
import { LANDING_KINDS } from './kinds.ts';
import { landFile } from './land-file.ts';
import { othersWaiting } from './others-waiting.ts';
import type { IncomingSource, Offer } from './source.ts';

/** Says what a day brought. To say it again must be the same card: a crash may come before it is noted as said. */
export interface Tell {
  /** Their results, to a staff member. */
  staff(result: { readonly userId: string; readonly isoId: string; readonly dataDate: string }): Promise<void>;
  /** The day, to the groups of an ISO. */
  iso(result: { readonly isoId: string; readonly dataDate: string }): Promise<void>;
  /** What an ISO's admins should know of the data. */
  admins(notice: StoredNotice): Promise<void>;
}

export interface LandingOptions {
  readonly source: IncomingSource;
  /** A folder for copies, of this process only. */
  readonly workDir: string;
  readonly tell: Tell;
  /** Wakes delivery. */
  readonly wake: () => void;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Logger;
  readonly inFlight: InFlight;
}

/** Lands the files that wait, one process at a time, and then tells whom they concern, once for all of them (architecture 11). */
export interface Landing {
  /** Looks for files now. */
  wake(): void;
  close(): Promise<void>;
  readonly job: Job;
}

const LEASE = 'landing';
const LEASE_MS = 60_000;
const times = everyMinutes(10);
const HELD_ELSEWHERE_MS = 5_000;
const AFTER_FAILURE_MS = 60_000;
/** Another process had the locks, or people changed what a batch was about: that is over by then, or was freed. */
const AFTER_LOCKED_MS = 5_000;
const SOON_OVER: readonly string[] = ['store.transient', 'subject.lostRace'];

export function createLanding(options: LandingOptions): Landing {
  const { source, workDir, tell, clock, log, inFlight } = options;
  const others = othersWaiting(inFlight);
  const token = options.ids.lease();
  let renewAt = 0;
  const work = createSingleWorker({
    name: 'landing',
    inFlight,
    async round() {
      if (await nothingWaits()) return;
      if (!(await hold())) return work.wakeIn(HELD_ELSEWHERE_MS);
      try {
        for (const offer of await source.offers()) await land(offer);
        await tellAll();
      } finally {
        await rm(workDir, { recursive: true, force: true });
        await dropLease(LEASE, token);
        options.wake();
      }
    },
    failed(error) {
      if (work.isClosed()) return;
      log.error({ code: asAppError(error).code, err: error }, 'landing.failed');
      work.wakeIn(againAfterMs(error));
    },
  });

  /** Called before each batch; asks the database only once a while. */
  async function stillMine(): Promise<void> {
    if (!work.isClosed() && clock.machine() < renewAt) return;
    if (work.isClosed() || !(await hold())) throw new AppError('lease.lost');
  }

  async function hold(): Promise<boolean> {
    renewAt = clock.machine() + LEASE_MS / 4;
    return await holdLease(LEASE, token, clock.machine(), LEASE_MS);
  }

  /** One file that cannot be landed keeps no other from it; it is tried again in a minute. */
  async function land(offer: Offer): Promise<void> {
    await stillMine();
    try {
      await landFile(offer, LANDING_KINDS[offer.kind], {
        workDir,
        now: () => clock.now(),
        machine: () => clock.machine(),
        stillMine,
        others,
        log,
      });
    } catch (thrown) {
      const error = asAppError(thrown);
      if (error.code === 'lease.lost') throw error;
      log.error({ file: offer.name, code: error.code, err: error.cause ?? error }, 'incoming.failed');
      work.wakeIn(againAfterMs(error));
    }
  }

  async function tellAll(): Promise<void> {
    for (const result of await pendingDayResults()) {
      const { dataDate, isoId, userId } = result;
      await said(async () => {
        await (userId === undefined ? tell.iso({ isoId, dataDate }) : tell.staff({ userId, isoId, dataDate }));
        await dayResultTold(result);
      });
    }
    for (const notice of await pendingDataNotices()) {
      await said(async () => {
        await tell.admins(notice);
        await dataNoticeTold(notice.noticeId);
      });
    }
  }

  /** One who cannot be told now is told next time, and keeps no other from it. */
  async function said(telling: () => Promise<void>): Promise<void> {
    await stillMine();
    try {
      await telling();
    } catch (thrown) {
      const error = asAppError(thrown);
      log.error({ code: error.code, err: error.cause ?? error }, 'landing.notTold');
    }
  }

  /** No file, and nobody to be told. */
  async function nothingWaits(): Promise<boolean> {
    if ((await source.offers()).length > 0) return false;
    const [results, notices] = await Promise.all([pendingDayResults(), pendingDataNotices()]);
    return results.length === 0 && notices.length === 0;
  }

  return {
    wake: work.wake,
    close: work.close,
    job: {
      name: 'land-incoming-files',
      lastDue: times.lastDue,
      soonest: times.nextDue,
      // a demo's day is not walked in ten-minute steps for nothing
      nextDue: async (at) => ((await nothingWaits()) ? undefined : times.nextDue(at)),
      async run() {
        if (!(await nothingWaits())) work.wake();
      },
    },
  };
}

function againAfterMs(thrown: unknown): number {
  return SOON_OVER.includes(asAppError(thrown).code) ? AFTER_LOCKED_MS : AFTER_FAILURE_MS;
}
