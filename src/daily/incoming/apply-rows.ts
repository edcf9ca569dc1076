import { noteData } from '../../../models/data-notices.ts';
import { landBatch } from '../../../models/incoming-files.ts';
import { allIsos } from '../../../models/isos.ts';
import { inTransaction } from '../../../models/transaction.ts';
import { conflictsOf } from './conflicts.ts';
import type { Batch, IsoRow, LandingKind, Plan } from './kind.ts';
import type { ReceivedFile } from './receive.ts';
import { resultLine, resultsOf } from './result-lines.ts';
import { batchesOf, type ReadRow } from './row-batches.ts';

export interface Applying extends Omit<Batch, 'now'> {
  /** How many rows are landed already. */
  readonly from: number;
  /** The product's time, milliseconds. */
  readonly now: () => number;
  /** Keeps this process's right to land; throws when another has it. */
  readonly stillMine: () => Promise<void>;
}

/**
 * Brings the rows of a checked file into the database, batch after batch, from its checkpoint on. Each batch is one transaction with its
 * checkpoint and its result lines, so that none is lost and none lands twice. The next one is read and decided while one is written; what
 * that changes under it is decided anew.
 */
export async function applyRows<Row extends IsoRow>(
  file: ReceivedFile,
  kind: LandingKind<Row>,
  { from: landed, now, stillMine, ...about }: Applying,
): Promise<void> {
  // of others nothing is counted: a file could name any number of them
  const isoIds = new Set((await allIsos()).map(({ isoId }) => isoId));
  let from = landed;
  let writing: Promise<ReadonlySet<string>> = Promise.resolve(new Set());
  try {
    for await (const reads of batchesOf(file, kind, kind.rowsAtOnce, { skip: landed })) {
      const rows = reads.flatMap((read) => ('row' in read ? [read.row] : []));
      const batch = { ...about, now: now() };
      const planned = await kind.plan(rows, batch);
      const changedSince = await writing;
      await stillMine();
      const holds = !planned.read.some((id) => changedSince.has(id));
      writing = write({ file, kind, reads, rows, batch, from, isoIds }, holds ? planned : undefined);
      // it is waited for below, whatever ends the loop before
      writing.catch(() => undefined);
      from += reads.length;
    }
  } finally {
    await writing;
  }
}

interface Writing<Row extends IsoRow> {
  readonly file: ReceivedFile;
  readonly kind: LandingKind<Row>;
  readonly reads: readonly ReadRow<Row>[];
  readonly rows: readonly Row[];
  readonly batch: Batch;
  readonly from: number;
  /** The ISOs that are known here. */
  readonly isoIds: ReadonlySet<string>;
}

/** Writes as planned, or as is decided in the transaction where there is no plan, or it does not hold; answers the ids of what it changed. */
async function write<Row extends IsoRow>(
  { file, kind, reads, rows, batch, from, isoIds }: Writing<Row>,
  planned: Plan | undefined,
): Promise<ReadonlySet<string>> {
  let ahead = planned;
  return await inTransaction(async (tx) => {
    const plan = ahead ?? (await kind.plan(rows, batch, tx));
    ahead = undefined;
    const outcomes = await plan.write(tx);
    await noteData(conflictsOf(rows, outcomes, batch.cause), tx);
    const results = resultsOf(reads, outcomes);
    const lines = results.map(resultLine).join('');
    const ofIsos = rows.flatMap(({ isoId }, index) => {
      const outcome = outcomes[index]?.outcome;
      return outcome === undefined || !isoIds.has(isoId) ? [] : [{ isoId, outcome }];
    });
    await landBatch(file.fileHash, { from, outcomes: results.map(({ outcome }) => outcome), ofIsos, lines }, tx);
    return new Set(plan.changed);
  });
}
