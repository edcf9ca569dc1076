import type { z } from 'zod';
import type { Transaction } from '../../../models/transaction.ts';
import type { RowOutcome } from '../../domain/review-decision.ts';
import type { Columns } from './csv-form.ts';
import type { Foreseen } from './foreseen.ts';
import type { Spelling } from './spellings.ts';

/** What became of a row: `applied`, or what else and why. */
export interface Outcome {
  readonly outcome: RowOutcome;
  readonly reason?: string | undefined;
}

/** Where a batch of rows comes from, and when. */
export interface Batch {
  /** The file's name. */
  readonly cause: string;
  /** Day and number of the file, `20261124_001`: comparable. */
  readonly asOf: string;
  /** The product's time, milliseconds. */
  readonly now: number;
  /** Where each of the rows begins in the file, the header being line 1. */
  readonly lines?: readonly number[] | undefined;
  /** The day results, by id, of which rows before have noted that there are news: nobody is told while a file lands. */
  readonly noted?: ReadonlySet<string> | undefined;
  /** What the rows before would leave, where nothing is written. */
  readonly foreseen?: Foreseen | undefined;
}

/** What a batch of rows comes to: decided, and not done yet. */
export interface Plan {
  /** The ids of what was read to decide it. */
  readonly read: readonly string[];
  /** Those of what it changes. A later batch that had read any of them before is decided anew. */
  readonly changed: readonly string[];
  /** The day results, by id, of which it notes that there are news. */
  readonly notes?: readonly string[] | undefined;
  /** Puts together what is written, so that the transaction has only to give it. */
  prepare?(): Promise<void>;
  /** Does it, once; one outcome a row. `subject.lostRace` where something that it changes was changed since it was read. */
  write(tx: Transaction): Promise<readonly Outcome[]>;
  /** What `write` would answer, with what it would leave added to this. */
  foresee(foreseen: Foreseen): Promise<readonly Outcome[]>;
}

/** Every row is about one ISO. */
export interface IsoRow {
  readonly isoId: string;
}

/** One kind of daily file: its columns, and what its rows do. */
export interface LandingKind<Row extends IsoRow> {
  readonly columns: Columns;
  /** Which columns may be spelled otherwise than documented, and how. */
  readonly spellings: Readonly<Record<string, Spelling>>;
  /**
   * Rows in one transaction at most: what a tap may have to wait for on the embedded store, which has one writer at a time. Where these take long
   * there are fewer (`BatchSize`).
   */
  readonly rowsAtOnce: number;
  /** The column that a result file names a row by. */
  readonly keyColumn: string;
  /** From the cells of a row by column; of an optional column too, which may be absent. */
  readonly schema: z.ZodType<Row>;
  /** Which rows are about something that is ours to change, one answer a row; nothing is changed. */
  known(rows: readonly Row[]): Promise<readonly boolean[]>;
  /** Decides on rows by what is stored, in a transaction by what that sees; changes nothing. */
  plan(rows: readonly Row[], batch: Batch, tx?: Transaction): Promise<Plan>;
}
