import { noteData } from '../../../models/data-notices.ts';
import { landBatch } from '../../../models/incoming-files.ts';
import { allIsos } from '../../../models/isos.ts';
import { inTransaction } from '../../../models/transaction.ts';
import { BatchSize } from './batch-size.ts';
import { conflictsOf } from './conflicts.ts';
import type { Batch, IsoRow, LandingKind, Plan } from './kind.ts';
import type { OthersWaiting } from './others-waiting.ts';
import type { ReceivedFile } from './receive.ts';
import { resultLine, resultsOf } from './result-lines.ts';
import { batchesOf, type ReadRow } from './row-batches.ts';

export interface Applying extends Omit<Batch, 'now' | 'lines'> {
  /** How many rows are landed already. */
  readonly from: number;
  /** The product's time, milliseconds. */
  readonly now: () => number;
  /** The machine's time, milliseconds. */
  readonly machine: () => number;
  /** Keeps this process's right to land; throws when another has it. */
  readonly stillMine: () => Promise<void>;
  readonly others: OthersWaiting;
}

/** So many batches are decided before they are written: what one asks of the store is answered before the one before it is written. */
const AHEAD = 2;

/** Who came while a batch was written is answered before the next, but a file lands in any case. */
const OTHERS_FIRST_MS = 60;

/** A batch that is being decided. */
interface Planning<Row extends IsoRow> {
  readonly reads: readonly ReadRow<Row>[];
  readonly rows: readonly Row[];
  readonly batch: Batch;
  readonly plan: Promise<Plan>;
  /** The ids of what was changed by what was written since it was begun. */
  readonly changedSince: Set<string>;
}

/**
 * Brings the rows of a checked file into the database, batch after batch, from its checkpoint on. Each batch is one transaction with its
 * checkpoint and its result lines, so that none is lost and none lands twice. The next ones are read, decided and put together while one is
 * written; what that changes under one of them is decided anew.
 */
export async function applyRows<Row extends IsoRow>(
  file: ReceivedFile,
  kind: LandingKind<Row>,
  { from: landed, now, machine, stillMine, others, ...about }: Applying,
): Promise<void> {
  // of others nothing is counted: a file could name any number of them
  const isoIds = new Set((await allIsos()).map(({ isoId }) => isoId));
  const size = new BatchSize(kind.rowsAtOnce);
  const noted = new Set<string>();
  let from = landed;
  let writing = Promise.resolve();
  const ahead: Planning<Row>[] = [];
  const planning = (reads: readonly ReadRow<Row>[]): Planning<Row> => {
    const whole = reads.filter((read) => 'row' in read);
    const rows = whole.map(({ row }) => row);
    const batch = { ...about, noted, now: now(), lines: whole.map(({ line }) => line) };
    const plan = prepared(kind.plan(rows, batch));
    // each is waited for below, whatever ends the loop before
    plan.catch(() => undefined);
    return { reads, rows, batch, plan, changedSince: new Set() };
  };
  /** Begins to write the next one, or parts it where somebody has come for whom it would take too long. */
  const writeNext = async (): Promise<void> => {
    const [next] = ahead;
    if (next === undefined) return;
    const { plan, changedSince, ...batch } = next;
    const planned = await plan;
    await writing;
    await stillMine();
    const waited = others.now();
    await others.served(OTHERS_FIRST_MS);
    const { length } = next.reads;
    const atOnce = others.now() ? size.besideOthers(length) : length;
    ahead.shift();
    if (atOnce < length) {
      ahead.unshift(...inParts(next.reads, atOnce).map(planning));
      return;
    }
    const holds = !planned.read.some((id) => changedSince.has(id));
    const begun = machine();
    const written = write({ file, kind, from, isoIds, ...batch }, holds ? planned : undefined);
    writing = written.then(({ changed, notes = [] }) => {
      size.took(length, machine() - begun, waited || others.now());
      for (const { changedSince: since } of ahead) for (const id of changed) since.add(id);
      for (const id of notes) noted.add(id);
    });
    writing.catch(() => undefined);
    from += length;
  };
  try {
    for await (const reads of batchesOf(file, kind, size, { skip: landed })) {
      ahead.push(planning(reads));
      while (ahead.length >= AHEAD) await writeNext();
    }
    while (ahead.length > 0) await writeNext();
  } finally {
    await Promise.allSettled(ahead.map(({ plan }) => plan));
    await writing;
  }
}

function inParts<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, part) => all.slice(part * size, (part + 1) * size));
}

async function prepared(planning: Promise<Plan>): Promise<Plan> {
  const plan = await planning;
  await plan.prepare?.();
  return plan;
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

/** Writes as planned, or as is decided in the transaction where there is no plan, or it does not hold; answers what was written. */
async function write<Row extends IsoRow>(
  { file, kind, reads, rows, batch, from, isoIds }: Writing<Row>,
  planned: Plan | undefined,
): Promise<Pick<Plan, 'changed' | 'notes'>> {
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
    return plan;
  });
}
