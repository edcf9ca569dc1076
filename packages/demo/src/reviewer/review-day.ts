import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type DataDate, dayAfter, instantOf } from '@field/kit/calendar';
import { isDark } from './dark-photo.ts';
import { handedOver } from './handed-over.ts';
import { type Row, writeIncoming, writtenDay } from './incoming-file.ts';
import { inspectionTasks, TASK_COLUMNS } from './inspection-tasks.ts';
import { judge, type Verdict } from './judge.ts';
import { learn } from './learn.ts';
import { recall, remember } from './memory.ts';
import { SETTLEMENT_COLUMNS, settlements } from './settlement.ts';
import type { SubmittedItem } from './submitted-item.ts';

const REVIEW_COLUMNS = [
  ...(['sourceRowKey', 'dataDate', 'isoId', 'itemType', 'itemRef', 'submissionRevision', 'decision'] as const),
  ...(['reasonCodes', 'reasonText', 'reasonLang', 'reviewerRef', 'decidedAt', 'remedy', 'deadlineAt'] as const),
  'feeEligible',
] as const;

/** The hour when the reviewer's night is over: whoever looks later finds only decisions of the past. */
export const NIGHT_IS_OVER = 8;
const DECIDED_AT = 3;
const DEADLINE_HOUR = 18;
/** After the data date; it lands one day after that. */
const DEADLINE_AFTER_DAYS = 3;

export interface Decision extends Verdict {
  readonly submissionKey: string;
}

export interface ReviewOptions {
  /** The bot's `DATA_DIR`. */
  readonly dataDir: string;
  /** The programme's day just ended, `YYYYMMDD`. */
  readonly dataDate: DataDate;
  readonly timeZone: string;
  /** Decide these against the rule, also what was judged before. */
  readonly decisions?: readonly Decision[] | undefined;
}

/** A decision names a submission that stands in no closed file. */
export class UnknownSubmissionError extends Error {
  constructor(submissionKeys: readonly string[]) {
    super(`nothing was handed over under ${submissionKeys.join(', ')}`);
    this.name = 'UnknownSubmissionError';
  }
}

/**
 * One night of the reviewer: judges what was handed over and not judged yet, and writes the result files of that day into
 * `incoming/`. Answers their names; none when there is nothing to say. Throws `UnknownSubmissionError` before anything is
 * written.
 */
export async function reviewDay(options: ReviewOptions): Promise<readonly string[]> {
  const { dataDir, dataDate, timeZone } = options;
  const asked = new Map(options.decisions?.map((decision) => [decision.submissionKey, decision]));
  const incoming = join(dataDir, 'incoming');
  const outgoing = join(dataDir, 'outgoing');
  const memory = await recall(memoryFile(dataDir));
  const judged = new Set(memory.judged);
  const items = await handedOver(outgoing);
  const known = new Set(items.map(({ submissionKey }) => submissionKey));
  const unknown = [...asked.keys()].filter((submissionKey) => !known.has(submissionKey));
  if (unknown.length > 0) throw new UnknownSubmissionError(unknown);

  const reviews: Row<(typeof REVIEW_COLUMNS)[number]>[] = [];
  for (const item of items) {
    const decision = asked.get(item.submissionKey);
    if (decision === undefined && judged.has(item.submissionKey)) continue;
    const verdict = decision ?? (await judge(item, (sha256) => isDark(join(outgoing, 'photos', `${sha256}.jpg`))));
    reviews.push(reviewRow(item, verdict, dataDate, timeZone));
    learn(memory, item, verdict, dataDate);
    if (verdict.decision !== 'PENDING') judged.add(item.submissionKey);
  }
  const files = [
    ...(await writeIncoming(incoming, 'review', dataDate, REVIEW_COLUMNS, reviews)),
    ...(await writeIncoming(
      incoming,
      'inspection-tasks',
      dataDate,
      TASK_COLUMNS,
      inspectionTasks(memory, dataDate, timeZone),
    )),
    ...(await writeIncoming(incoming, 'settlement', dataDate, SETTLEMENT_COLUMNS, settlements(memory, dataDate))),
  ];
  await remember(memoryFile(dataDir), { ...memory, judged: [...judged] });
  return files;
}

/** Forgets every night so far. */
export async function forgetReviews(dataDir: string): Promise<void> {
  await rm(memoryFile(dataDir), { force: true });
}

function memoryFile(dataDir: string): string {
  return join(dataDir, 'reviewer.json');
}

function reviewRow(item: SubmittedItem, verdict: Verdict, dataDate: string, timeZone: string) {
  const { submissionKey, isoId, itemType, itemRef, revision } = item;
  const { decision, reasonCodes, reasonText, remedy } = verdict;
  const against = decision === 'REJECTED' || decision === 'INVALIDATED';
  const mendable = against && itemType !== 'APPEAL' && remedy !== 'NONE';
  const at = (days: number, hour: number): string =>
    new Date(instantOf(dayAfter(dataDate, days), hour, timeZone)).toISOString();
  return {
    sourceRowKey: `${submissionKey}@${dataDate}`,
    dataDate: writtenDay(dataDate),
    isoId,
    itemType,
    itemRef,
    submissionRevision: String(revision),
    decision,
    reasonCodes: reasonCodes.join('|'),
    reasonText,
    reasonLang: reasonText === undefined ? undefined : 'en',
    reviewerRef: 'demo-reviewer',
    decidedAt: at(1, DECIDED_AT),
    remedy,
    deadlineAt: mendable ? at(DEADLINE_AFTER_DAYS, DEADLINE_HOUR) : undefined,
    feeEligible: decision === 'PENDING' ? undefined : String(decision === 'APPROVED'),
  };
}
