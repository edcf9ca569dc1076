import { fileStanding } from '../../../models/incoming-files.ts';
import { readClockOffset } from '../../../models/settings.ts';
import { checkFile, isMostlyWrong, whyMostlyWrong } from '../../daily/incoming/check-file.ts';
import { asOfFile } from '../../daily/incoming/file-name.ts';
import { foreseeFile } from '../../daily/incoming/foresee-file.ts';
import { LANDING_KINDS } from '../../daily/incoming/kinds.ts';
import type { ReceivedFile } from '../../daily/incoming/receive.ts';
import type { RowResult } from '../../daily/incoming/result-lines.ts';
import type { RowOutcome } from '../../domain/review-decision.ts';
import type { Operator } from '../command.ts';
import { howMany } from '../how-many.ts';
import { cannot } from './cannot.ts';
import { cardsOf, type ForeseenCard } from './foreseen-cards.ts';
import { type Asked, countRows, mustBeNew, namedFile } from './import-file.ts';
import { type OwnFile, onReceived } from './own-file.ts';

/** What a file would bring, were it landed now. */
export interface DryRun {
  readonly file: string;
  readonly rows: readonly RowResult[];
  readonly outcomes: Readonly<Partial<Record<RowOutcome, number>>>;
  readonly forgiven: readonly string[];
  readonly cards: readonly ForeseenCard[];
}

/**
 * Explains every row of a file and every card that it would send, by what lands it, and changes nothing. Errors: `daily.cannot` where it
 * would be refused or quarantined, with the first rows that say why.
 */
export async function dryRun(asked: Asked, operator: Operator): Promise<DryRun> {
  const file = await namedFile(asked, operator);
  return await onReceived(file, async (copy) => {
    const rows = await countRows(file, copy, operator);
    return await operator.onStore(() => foresee(file, copy, rows, operator));
  });
}

async function foresee(file: OwnFile, copy: ReceivedFile, count: number, operator: Operator): Promise<DryRun> {
  const { name } = file;
  const kind = LANDING_KINDS[file.kind];
  await mustBeNew({ name, fileHash: copy.fileHash, rows: count });
  const nobodyElse = async (): Promise<void> => undefined;
  const checked = await checkFile(copy, kind, nobodyElse);
  const isReleased = (await fileStanding(copy.fileHash))?.released !== undefined;
  if (isMostlyWrong(checked) && !isReleased) {
    const first = checked.wrongLines.trim().split('\r\n').slice(0, 10).join('\n');
    throw cannot(`${name} would be quarantined: ${whyMostlyWrong(checked)}. Nothing was changed.\n${first}`);
  }
  // of a demo whose calendar was moved
  const now = operator.now() + (await readClockOffset());
  const rows: RowResult[] = [];
  try {
    const foreseen = await foreseeFile(copy, kind, { cause: name, asOf: asOfFile(file), now }, (results) => {
      rows.push(...results);
      operator.progress.say(`explained ${howMany(rows.length, 'row')} of ${name}`, rows.length / count);
    });
    return { file: name, rows, outcomes: countOf(rows), forgiven: checked.forgiven, cards: await cardsOf(foreseen) };
  } finally {
    operator.progress.end();
  }
}

function countOf(rows: readonly RowResult[]): DryRun['outcomes'] {
  const counts: Partial<Record<RowOutcome, number>> = {};
  for (const { outcome } of rows) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}
