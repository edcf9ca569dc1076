import { DAY_MS, type DataDate, dayAfter } from '@field/kit/calendar';
import type { CameInDay, OtherData } from '../../cards/team/came-in.ts';
import { type Digest, digestsOf } from '../../models/digests.ts';
import { type FileOfIso, filesLandedFor } from '../../models/incoming-files.ts';
import { findIso } from '../../models/isos.ts';
import { readInstallation } from '../../models/settings.ts';
import { cameOn } from '../../src/daily/incoming/came-on.ts';
import { type IncomingKind, parseFileName } from '../../src/daily/incoming/file-name.ts';
import { type ExpectedData, expectedData } from '../../src/domain/data-day.ts';
import { DAYS_LOOKED_BACK, missingFor } from '../../src/domain/missing-data.ts';
import { forAdmins } from './for-admins.ts';

const DAYS = 5;
/** A file of a day comes a day later; some come later still. */
const LOOKED_BACK_MS = (2 * DAYS_LOOKED_BACK + 2) * DAY_MS;
const MOST_FILES = 500;
const NAMES: Readonly<Partial<Record<IncomingKind, OtherData>>> = {
  'inspection-tasks': 'tasks',
  settlement: 'fees',
  stock: 'stock',
  scans: 'scans',
};

/** What came of the last days for the own ISO, and what is missing. */
export const loadCameIn = forAdmins(async (_card, _viewer, isoId, now) => {
  const [{ programmeTimeZone }, iso, files] = await Promise.all([
    readInstallation(),
    findIso(isoId),
    filesLandedFor(isoId, now - LOOKED_BACK_MS, MOST_FILES),
  ]);
  const expected = expectedData(now, programmeTimeZone);
  const days = Array.from({ length: DAYS }, (_, back) => dayAfter(expected.day, -back));
  const digests = await digestsOf(isoId, days);
  return {
    name: 'team.cameIn',
    model: {
      days: days.map((day) => cameInOn(day, { files, digests, expected })),
      dueAt: expected.dueAt,
      timeZone: iso?.timeZone ?? 'UTC',
    },
    version: 0,
  };
});

interface Known {
  readonly files: readonly FileOfIso[];
  readonly digests: readonly Digest[];
  readonly expected: ExpectedData;
}

function cameInOn(day: DataDate, { files, digests, expected }: Known): CameInDay {
  const came = cameOn(files.map(({ name }) => name));
  const reviews = files.filter(({ name }) => {
    const parsed = parseFileName(name);
    return parsed?.kind === 'review' && parsed.day === day;
  });
  const numbers = digests.find(({ dataDate }) => dataDate === day)?.numbers;
  const sum = (which: 'approved' | 'failed'): number => (numbers ? numbers.stores[which] + numbers.spots[which] : 0);
  const others = Object.entries(NAMES).filter(([kind]) => came.get(kind)?.has(day));
  return {
    day,
    results: reviews.length > 0 ? (numbers === undefined ? 'none' : 'in') : missing(day, came, expected),
    approved: sum('approved'),
    failed: sum('failed'),
    notUnderstood: reviews
      .map(({ outcomes: { unmatched = 0, conflict = 0 } }) => unmatched + conflict)
      .reduce((one, other) => one + other, 0),
    others: others.map(([, name]) => name),
  };
}

/** Of the last day alone it is said that it is late, or still to come. */
function missing(day: DataDate, came: ReturnType<typeof cameOn>, expected: ExpectedData): 'late' | 'coming' | 'no' {
  if (day !== expected.day) return 'no';
  if (!expected.isDue) return 'coming';
  return missingFor(day, came).includes('review') ? 'late' : 'no';
}
