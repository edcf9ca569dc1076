import { DAY_MS } from '@field/kit/calendar';
import type { Clock } from '@field/kit/clock';
import { noteData } from '../../models/data-notices.ts';
import { filesReceivedSince } from '../../models/incoming-files.ts';
import { allIsos } from '../../models/isos.ts';
import { waitsForReview } from '../../models/item-queries.ts';
import { inTransaction } from '../../models/transaction.ts';
import { expectedData } from '../domain/data-day.ts';
import { DAYS_LOOKED_BACK, missingFor } from '../domain/missing-data.ts';
import { cameOn } from './incoming/came-on.ts';
import { besides, hourly, type Job } from './jobs.ts';

const LOOKED_BACK_MS = (DAYS_LOOKED_BACK + 2) * DAY_MS;
const MOST_FILES = 500;

export interface LateResults {
  readonly clock: Clock;
  /** The programme's (domain A.12-18). */
  readonly timeZone: string;
  /** There is somebody to be told. */
  readonly wake: () => void;
}

/**
 * Hourly, from when a day's results should be there: the admins of each ISO that waits for them are told once a day that they are late,
 * where they came on the days before.
 */
export function tellOfLateResults({ clock, timeZone, wake }: LateResults): Job {
  return {
    name: 'tell-of-late-results',
    ...besides(hourly(15)),
    async run() {
      const now = clock.now();
      const { day, endedAt, isDue } = expectedData(now, timeZone);
      if (!isDue) return;
      const files = await filesReceivedSince(now - LOOKED_BACK_MS, MOST_FILES);
      const landed = files.filter(({ state }) => state === 'APPLIED' || state === 'APPLYING');
      if (!missingFor(day, cameOn(landed.map(({ name }) => name))).includes('review')) return;
      for (const { isoId } of await allIsos()) {
        if (!(await waitsForReview(isoId, endedAt))) continue;
        await inTransaction((tx) => noteData([{ kind: 'lateResults', isoId, what: day }], tx));
      }
      wake();
    },
  };
}
