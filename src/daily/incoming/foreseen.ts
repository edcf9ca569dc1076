import type { Appeal } from '../../../models/appeals.ts';
import type { StockedCode } from '../../../models/code-stock.ts';
import type { DataNotice } from '../../../models/data-notices.ts';
import type { FeeLine } from '../../../models/fee-lines.ts';
import type { InspectionTask, TaskFacts } from '../../../models/inspection-tasks.ts';
import type { Item } from '../../../models/item-rows.ts';

/** What is kept of a task that a row was about. */
export type ForeseenTask = TaskFacts & Pick<InspectionTask, 'asOf'>;

/**
 * What the rows of a file would leave and whom they would tell, where nothing is written: those after them are decided by it as they would be
 * by what is stored.
 */
export interface Foreseen {
  readonly items: Map<string, Item>;
  readonly appeals: Map<string, Appeal>;
  readonly stock: Map<string, StockedCode>;
  /** By the code's hash, the last day on which it was scanned. */
  readonly scans: Map<string, string>;
  /** Rows about fees, by the id of their line. */
  readonly feeLines: Map<string, FeeLine>;
  readonly tasks: Map<string, ForeseenTask>;
  /** Who has news of a day, by what makes it one card. */
  readonly news: Map<string, { readonly dataDate: string; readonly isoId: string; readonly userId: string }>;
  readonly notices: Map<string, DataNotice>;
  /** From whom a task that they had begun is taken. */
  readonly taken: { readonly taskId: string; readonly userId: string }[];
}

export function nothingForeseen(): Foreseen {
  return {
    items: new Map(),
    appeals: new Map(),
    stock: new Map(),
    scans: new Map(),
    feeLines: new Map(),
    tasks: new Map(),
    news: new Map(),
    notices: new Map(),
    taken: [],
  };
}

/** What was read, each as it is foreseen where it is. */
export function asForeseen<T>(
  read: readonly T[],
  foreseen: ReadonlyMap<string, T> | undefined,
  idOf: (one: T) => string,
): readonly T[] {
  return foreseen === undefined ? read : read.map((one) => foreseen.get(idOf(one)) ?? one);
}
