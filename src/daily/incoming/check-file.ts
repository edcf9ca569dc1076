import { createForgiven } from './forgiven.ts';
import type { IsoRow, LandingKind } from './kind.ts';
import type { ReceivedFile } from './receive.ts';
import { type RowResult, resultLine } from './result-lines.ts';
import { batchesOf, type ReadRow } from './row-batches.ts';

/** A file that was read once from end to end before anything of it is landed. */
export interface CheckedFile {
  readonly rows: number;
  /** Malformed, or about nothing of the ISO that they name; where most are right, at most so many. */
  readonly wrong: number;
  /** The first of the wrong rows, as lines of a result file. */
  readonly wrongLines: string;
  /** What was not as documented and is read all the same. */
  readonly forgiven: readonly string[];
}

const BATCH = 500;
const MOST_LINES = 1_000;

/**
 * Reads every row and looks up what it names, until more than half is known: changes nothing. The next rows are read while the store
 * looks for these. `file.refused` when the file is not readable as such.
 */
export async function checkFile<Row extends IsoRow>(
  file: ReceivedFile,
  kind: LandingKind<Row>,
  stillMine: () => Promise<void>,
): Promise<CheckedFile> {
  let rows = 0;
  let right = 0;
  const forgiven = createForgiven();
  const lines: string[] = [];
  const note = (result: RowResult): void => {
    if (lines.length < MOST_LINES) lines.push(resultLine(result));
  };
  const look = async (batch: readonly ReadRow<Row>[]): Promise<void> => {
    if (right * 2 >= file.mostRows) return;
    const wellFormed = batch.flatMap((read) => ('row' in read ? [read] : []));
    const known = await kind.known(wellFormed.map(({ row }) => row));
    const ours = new Set<ReadRow<Row>>(wellFormed.filter((_, index) => known[index]));
    right += ours.size;
    for (const read of batch) {
      const { line, key } = read;
      if (!('row' in read)) note({ line, key, outcome: 'malformed', reason: read.fault });
      else if (!ours.has(read)) note({ line, key, outcome: 'unmatched', reason: 'unknownItem' });
    }
  };
  let looking = Promise.resolve();
  try {
    for await (const batch of batchesOf(file, kind, BATCH, { forgiven })) {
      await stillMine();
      rows += batch.length;
      await looking;
      looking = look(batch);
      // it is waited for below, whatever ends the loop before
      looking.catch(() => undefined);
    }
  } finally {
    await looking;
  }
  return { rows, wrong: rows - right, wrongLines: lines.join(''), forgiven: forgiven.lines() };
}

/** More than half: then the file is not what it should be, whatever the rest says. */
export function isMostlyWrong({ rows, wrong }: CheckedFile): boolean {
  return wrong * 2 > rows;
}

/** The same for people. */
export function whyMostlyWrong({ rows, wrong }: Pick<CheckedFile, 'rows' | 'wrong'>): string {
  const which = rows === 1 ? 'its only row is' : `${wrong} of its ${rows} rows are`;
  return `${which} malformed or about nothing known here`;
}
