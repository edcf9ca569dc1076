import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DAY_MS, dayAfter, dayOf } from '@field/kit/calendar';
import { isMissing } from '@field/kit/write-durably';
import { type FileStanding, filesReceivedSince } from '../../../models/incoming-files.ts';
import { readClockOffset, readInstallation } from '../../../models/settings.ts';
import { cameOn } from '../../daily/incoming/came-on.ts';
import {
  FILE_KINDS,
  type FileName,
  type IncomingKind,
  inLandingOrder,
  parseFileName,
} from '../../daily/incoming/file-name.ts';
import { namesIn } from '../../daily/names-in.ts';
import { expectedData } from '../../domain/data-day.ts';
import { DAYS_LOOKED_BACK, missingFor } from '../../domain/missing-data.ts';
import type { RowOutcome } from '../../domain/review-decision.ts';
import type { Operator } from '../command.ts';
import { type Quarantined, quarantinedIn } from './incoming-folder.ts';

/** What came of one kind for one day, and what became of its rows. */
export interface DayOfKind {
  /** `YYYYMMDD`. */
  readonly day: string;
  readonly kind: IncomingKind;
  readonly files: number;
  readonly outcomes: Readonly<Partial<Record<RowOutcome, number>>>;
}

/** A file in the folder. */
export interface WaitingFile {
  readonly file: string;
  readonly bytes: number;
  /** How many of its rows are landed, once it has begun, and how many it has. */
  readonly landed?: number | undefined;
  readonly rows?: number | undefined;
}

export interface DailyStatus {
  readonly days: readonly DayOfKind[];
  readonly waiting: readonly WaitingFile[];
  /** What came on days before and is missing for the last one. */
  readonly late: { readonly day: string; readonly kinds: readonly string[] };
  readonly quarantined: readonly Omit<Quarantined, 'name'>[];
  /** Names in the folder that nobody takes. */
  readonly otherNames: readonly string[];
}

/** So many files at most are looked at: some weeks of them. */
const MOST_FILES = 2_000;
/** A file may come later than its day. */
const COMES_LATE_DAYS = 14;

/** How it stands with the daily files of the last `days`. */
export async function dailyStatus(days: number, operator: Operator): Promise<DailyStatus> {
  const { incoming } = operator.daily();
  const known = await operator.onStore(() => readStore(days, operator));
  const names = await namesIn(incoming);
  const files = names.flatMap((name) => parseFileName(name) ?? []).sort(inLandingOrder);
  const waiting = (await Promise.all(files.map((file) => waitingFile(file, known.files, incoming)))).flat();
  const quarantined = (await quarantinedIn(incoming)).map(({ file, why }) => ({ file, why }));
  const isOther = (name: string): boolean =>
    parseFileName(name) === undefined && !/^\.|\.part$/.test(name) && name !== 'done' && name !== 'quarantine';
  return { ...known.status, waiting, quarantined, otherNames: names.filter(isOther) };
}

async function readStore(
  days: number,
  { now }: Operator,
): Promise<{ readonly files: readonly FileStanding[]; readonly status: Pick<DailyStatus, 'days' | 'late'> }> {
  // of a demo whose calendar was moved
  const at = now() + (await readClockOffset());
  const { programmeTimeZone } = await readInstallation();
  const lookBack = Math.max(days, DAYS_LOOKED_BACK + 1) + COMES_LATE_DAYS;
  const files = await filesReceivedSince(at - lookBack * DAY_MS, MOST_FILES);
  const first = dayAfter(dayOf(at, programmeTimeZone), -days);
  const applied = files.filter(({ state }) => state === 'APPLIED');
  const landed = byDayAndKind(applied);
  const { day, isDue } = expectedData(at, programmeTimeZone);
  return {
    files,
    status: {
      days: landed.filter((one) => one.day >= first),
      late: { day, kinds: isDue ? missingFor(day, cameOn(applied.map(({ name }) => name))) : [] },
    },
  };
}

/** The newest day first, and of a day as its files are landed. */
function byDayAndKind(files: readonly FileStanding[]): readonly DayOfKind[] {
  const all = new Map<string, DayOfKind>();
  for (const { name, outcomes } of files) {
    const parsed = parseFileName(name);
    if (parsed === undefined) continue;
    const { day, kind } = parsed;
    const known = all.get(`${day} ${kind}`) ?? { day, kind, files: 0, outcomes: {} };
    all.set(`${day} ${kind}`, { ...known, files: known.files + 1, outcomes: sumOf(known.outcomes, outcomes) });
  }
  return [...all.values()].sort(
    (one, other) => other.day.localeCompare(one.day) || FILE_KINDS.indexOf(one.kind) - FILE_KINDS.indexOf(other.kind),
  );
}

function sumOf(one: DayOfKind['outcomes'], other: DayOfKind['outcomes']): DayOfKind['outcomes'] {
  const sum: Partial<Record<string, number>> = { ...one };
  for (const [outcome, rows] of Object.entries(other)) sum[outcome] = (sum[outcome] ?? 0) + rows;
  return sum;
}

async function waitingFile(
  { name }: FileName,
  known: readonly FileStanding[],
  incoming: string,
): Promise<readonly WaitingFile[]> {
  try {
    const { size } = await stat(join(incoming, name));
    const standing = known.find((one) => one.name === name && one.state === 'APPLYING');
    return [{ file: name, bytes: size, landed: standing?.landed, rows: standing?.rows }];
  } catch (error) {
    // it was landed meanwhile
    if (isMissing(error)) return [];
    throw error;
  }
}
