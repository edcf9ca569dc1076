import { AppError } from '@field/kit/errors';
import type { RowOutcome } from '../../domain/review-decision.ts';
import type { Outcome } from './kind.ts';
import type { ReadRow } from './row-batches.ts';

/** What became of one row. */
export interface RowResult {
  readonly line: number;
  /** The row's own key, as it came; empty where it has none. */
  readonly key: string;
  readonly outcome: RowOutcome;
  /** Why, unless it was simply applied. */
  readonly reason?: string | undefined;
}

const LONGEST_CELL = 200;

export const RESULT_HEADER = 'line,sourceRowKey,outcome,reason\r\n';

/** One result a row: what became of the well-formed ones, and what is wrong with the others. */
export function resultsOf<Row>(reads: readonly ReadRow<Row>[], landed: readonly Outcome[]): RowResult[] {
  const outcomes = landed.values();
  return reads.map((read) => {
    const { line, key } = read;
    if (!('row' in read)) return { line, key, outcome: 'malformed' as const, reason: read.fault };
    const { value } = outcomes.next();
    if (value === undefined) throw new AppError('bug.unexpected', { line });
    return { line, key, ...value };
  });
}

/** One line of a result file, its line end included. */
export function resultLine({ line, key, outcome, reason = '' }: RowResult): string {
  return `${line},${cell(key)},${outcome},${cell(reason)}\r\n`;
}

/** What a result file says of a file that was refused as a whole. */
export function quarantineLine(why: string): string {
  return `,,quarantined,${cell(why)}\r\n`;
}

/** What a result file says of what was not as documented and was read all the same. */
export function forgivenLine(what: string): string {
  return `,,forgiven,${cell(what)}\r\n`;
}

/** A cell that a table program shows as it is, whatever stands in it: never a formula, never out of its place. */
function cell(text: string): string {
  const short = text.length > LONGEST_CELL ? `${text.slice(0, LONGEST_CELL)}…` : text;
  const harmless = /^[=+\-@\t\r\n]/.test(short) ? `'${short}` : short;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
