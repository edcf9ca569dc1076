import { ROW_OUTCOMES, type RowOutcome } from '../../domain/review-decision.ts';
import { howMany } from '../how-many.ts';
import type { DryRun } from './dry-run.ts';
import type { LandedFile } from './follow.ts';
import type { DailyStatus } from './status.ts';

type Outcomes = Readonly<Partial<Record<RowOutcome, number>>>;

/** What became of a file, outcome by outcome. */
export function sayLanded({ file, rows, outcomes, result }: LandedFile): string {
  return [
    `${file} is landed: ${count(rows)} ${rows === 1 ? 'row' : 'rows'}.`,
    ...sayOutcomes(outcomes),
    ...(result === undefined ? [] : [`What became of each row: ${result}`]),
  ].join('\n');
}

/** A line for each outcome that there was. */
export function sayOutcomes(outcomes: Outcomes): readonly string[] {
  return aligned(
    ROW_OUTCOMES.flatMap((outcome) => {
      const rows = outcomes[outcome] ?? 0;
      return rows > 0 ? [[outcome, count(rows)]] : [];
    }),
  );
}

const EXAMPLES = 3;

/** Row by row, outcome by outcome, and card by card. */
export function sayDryRun({ file, rows, outcomes, forgiven, cards }: DryRun): string {
  return [
    `${file} would be landed. Nothing was changed.`,
    ...aligned([
      ['line', 'key', 'outcome', 'why'],
      ...rows.map(({ line, key, outcome, reason = '' }) => [String(line), key, outcome, reason]),
    ]),
    ...chapter('Rows', sayOutcomes(outcomes)),
    ...chapter('Not as documented', forgiven),
    ...chapter('Cards', cards.length === 0 ? ['None.'] : sayCards(cards)),
  ].join('\n');
}

function sayCards(cards: DryRun['cards']): readonly string[] {
  const kinds = new Map<string, string[]>();
  for (const { card, to, about, sentBefore } of cards) {
    const what = sentBefore ? `${card}, sent before and drawn anew` : card;
    kinds.set(what, [...(kinds.get(what) ?? []), `${to} (${about})`]);
  }
  return [...kinds].map(([what, to]) => {
    const more = to.length > EXAMPLES ? ` and ${count(to.length - EXAMPLES)} more` : '';
    return `${count(to.length)} ${what}: ${to.slice(0, EXAMPLES).join(', ')}${more}`;
  });
}

export function sayStatus({ days, waiting, late, quarantined, otherNames }: DailyStatus): string {
  return [
    ...chapter('What came', days.length === 0 ? ['Nothing.'] : tableOf(days)),
    ...chapter(
      `Missing for ${late.day}`,
      late.kinds.map((kind) => `${kind}: it came on the days before`),
    ),
    ...chapter(
      'Waiting',
      waiting.map(({ file, bytes, landed, rows = 0 }) =>
        landed === undefined
          ? `${file}, ${size(bytes)}`
          : `${file}, ${size(bytes)}: landed ${count(landed)} of ${howMany(rows, 'row')}`,
      ),
    ),
    ...chapter(
      'In quarantine',
      quarantined.map(({ file, why }) => `${file}: ${why}`),
    ),
    ...chapter('Not taken, since their names are none of daily files', otherNames),
  ].join('\n');
}

function chapter(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`${title}:`, ...lines.map((line) => `  ${line.trimStart()}`)];
}

function tableOf(days: DailyStatus['days']): readonly string[] {
  const shown = ROW_OUTCOMES.filter((outcome) => days.some(({ outcomes }) => (outcomes[outcome] ?? 0) > 0));
  return aligned([
    ['day', 'kind', 'files', ...shown],
    ...days.map(({ day, kind, files, outcomes }) => [
      day,
      kind,
      String(files),
      ...shown.map((outcome) => count(outcomes[outcome] ?? 0)),
    ]),
  ]);
}

/** Columns under each other. */
function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd());
}

function count(number: number): string {
  return number.toLocaleString('en');
}

function size(bytes: number): string {
  return bytes < 1_024 ? `${bytes} bytes` : `${count(Math.ceil(bytes / 1_024))} KB`;
}
