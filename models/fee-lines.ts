import { createHash } from 'node:crypto';
import type { FeeStep } from '../src/domain/fee-lines.ts';
import type { Money } from '../src/domain/money.ts';
import { collection, type RecordOf } from './collection.ts';
import { number, text, value } from './fields.ts';
import type { Reads } from './single-write.ts';
import type { Transaction } from './transaction.ts';

const FeeLines = collection('feelines', {
  /** Made of item, fee, day and key: short, however long the key is. */
  id: 'lineId',
  fields: {
    isoId: text(),
    itemRef: text(),
    /** Which fee of the programme. */
    fee: text(),
    /** Its author when the row came. */
    staffId: text(),
    /** Who had the item in hand then, where that was somebody else. */
    ownerId: text().optional(),
    state: text<'CONFIRMED' | 'REVERSED'>(),
    /** What the row said; what of it counts is `gives`. */
    money: value<Money>().optional(),
    /** Day and key of the row, `20260503/fee-7`: comparable, the later one stands. */
    settledBy: text(),
    /** The name of the file; none of a row that a release before this one landed. */
    file: text().optional(),
    /** When it was landed, milliseconds. */
    landedAt: number(),
    /** The month in which it counts, `202605`. */
    month: text(),
    /** What it makes of the fee in that month; absent where it changes nothing. */
    step: text<FeeStep>().optional(),
    /** What was confirmed until then and is not any more, and what is from then on. */
    takes: value<Money>().optional(),
    gives: value<Money>().optional(),
    /** Where its author asked about it last: the question, and which of those on it, counted from 1. */
    asked: value<{ readonly questionId: string; readonly place: number }>().optional(),
  },
  indexes: [
    [{ itemRef: 1 }],
    [{ staffId: 1, isoId: 1, month: 1, fee: 1, step: 1, settledBy: -1 }],
    [{ isoId: 1, month: 1, fee: 1, step: 1, settledBy: -1 }],
  ],
});

/** A settlement row as the ledger keeps it: never removed, and but for what it changes in its month never changed. */
export interface FeeLine extends RecordOf<typeof FeeLines> {}

export function feeLineId({ itemRef, fee, settledBy }: Pick<FeeLine, 'itemRef' | 'fee' | 'settledBy'>): string {
  return createHash('sha256')
    .update(JSON.stringify([itemRef, fee, settledBy]))
    .digest('base64url');
}

export async function findFeeLine(lineId: string, tx?: Reads): Promise<FeeLine | undefined> {
  return await FeeLines.get(lineId, { tx });
}

/** All lines about these items. */
export async function feeLinesOf(itemRefs: readonly string[], tx?: Reads): Promise<readonly FeeLine[]> {
  return await FeeLines.find({ itemRef: { $in: itemRefs } }, { tx });
}

export async function addFeeLines(lines: readonly FeeLine[], tx: Transaction): Promise<void> {
  await FeeLines.addAll(lines, { tx });
}

/** Notes what these lines change in their month now that others came. */
export async function changeFeeLines(lines: readonly FeeLine[], tx: Transaction): Promise<void> {
  if (lines.length === 0) return;
  const updates = lines.map(({ lineId, step, takes, gives }) => ({
    filter: { lineId },
    change: { set: { step: step ?? null, takes: takes ?? null, gives: gives ?? null } },
  }));
  await FeeLines.updateEach(updates, { tx });
}

/** Notes where its author asked about it. */
export async function noteAskedAbout(
  { lineId }: Pick<FeeLine, 'lineId'>,
  asked: NonNullable<FeeLine['asked']>,
  tx: Transaction,
): Promise<void> {
  await FeeLines.updateWithOthers([{ filter: { lineId }, change: { set: { asked } } }], tx);
}

/** What of a fee of an ISO changed in a month in one way, the latest row first. */
export async function feeLinesOfMonth(
  { isoId, month, fee, step }: Readonly<Record<'isoId' | 'month' | 'fee', string>> & { readonly step: FeeStep },
  page: { readonly skip: number; readonly limit: number },
): Promise<readonly FeeLine[]> {
  return await FeeLines.find({ isoId, month, fee, step }, { sort: { settledBy: -1 }, ...page });
}

/** Every row that counts in a month of an ISO, one fee after the other. */
export async function feeLinesOfWholeMonth(
  { isoId, month }: Readonly<Record<'isoId' | 'month', string>>,
  page: { readonly skip: number; readonly limit: number },
): Promise<readonly FeeLine[]> {
  return await FeeLines.find({ isoId, month }, { sort: { fee: 1, step: 1, settledBy: -1 }, ...page });
}

/** A fee of a month of an ISO, for what a person was the author of. */
export type StaffFee = Readonly<Record<'staffId' | 'isoId' | 'month' | 'fee', string>>;

/** How many lines of theirs changed something in this way: an index says it. */
export async function countStaffLines(of: StaffFee, step: FeeStep): Promise<number> {
  return await FeeLines.count({ ...of, step });
}

/** Some of their lines that changed something in one of these ways, the latest row first; all of them without a page. */
export async function staffLines(
  of: StaffFee,
  steps: readonly FeeStep[],
  page?: { readonly skip: number; readonly limit: number },
): Promise<readonly FeeLine[]> {
  return await FeeLines.find({ ...of, step: { $in: steps } }, { sort: { settledBy: -1 }, ...page });
}

/** What all of these say of amounts, and nothing else. */
export async function staffAmountsOf(
  of: StaffFee,
  steps: readonly FeeStep[],
): Promise<readonly Pick<FeeLine, 'step' | 'month' | 'takes' | 'gives'>[]> {
  const only = ['step', 'month', 'takes', 'gives'] as const;
  return await FeeLines.find({ ...of, step: { $in: steps } }, { only });
}
