import { noticeIdOf } from '../../../models/data-notices.ts';
import { conflictsOf } from './conflicts.ts';
import { type Foreseen, nothingForeseen } from './foreseen.ts';
import type { Batch, IsoRow, LandingKind } from './kind.ts';
import type { ReceivedFile } from './receive.ts';
import { type RowResult, resultsOf } from './result-lines.ts';
import { batchesOf } from './row-batches.ts';

/**
 * What a checked file would bring, decided batch after batch by what decides when it is landed; nothing is changed. `each` is told of the
 * rows as they are read. Memory grows with what the file would change.
 */
export async function foreseeFile<Row extends IsoRow>(
  file: ReceivedFile,
  kind: LandingKind<Row>,
  about: Omit<Batch, 'foreseen'>,
  each: (results: readonly RowResult[]) => void,
): Promise<Foreseen> {
  const foreseen = nothingForeseen();
  for await (const reads of batchesOf(file, kind, kind.rowsAtOnce)) {
    const rows = reads.flatMap((read) => ('row' in read ? [read.row] : []));
    const plan = await kind.plan(rows, { ...about, foreseen });
    const outcomes = await plan.foresee(foreseen);
    for (const notice of conflictsOf(rows, outcomes, about.cause)) foreseen.notices.set(noticeIdOf(notice), notice);
    each(resultsOf(reads, outcomes));
  }
  return foreseen;
}
