import type { Money } from './money.ts';

/** What a settlement row says of one fee of one item, as far as months go by it. */
export interface FeeLine {
  /** Day and key of the row, `20260503/fee-7`: comparable, the later one stands. */
  readonly settledBy: string;
  readonly state: 'CONFIRMED' | 'REVERSED';
  readonly money?: Money | undefined;
  /** The month in which it counts, `202605`. */
  readonly month: string;
}

/** What a line makes of a fee in its month. */
export const FEE_STEPS = ['CONFIRMED', 'CORRECTED', 'TAKEN_BACK'] as const;
export type FeeStep = (typeof FEE_STEPS)[number];

/** What changes in a month: what was confirmed until then goes, what the line confirms comes. */
export interface FeeMove {
  readonly month: string;
  readonly step: FeeStep;
  readonly takes?: Money | undefined;
  readonly gives?: Money | undefined;
}

/** What the moves of a month come to: how many of each kind, and their amounts in minor units by currency. */
export type FeeTotals = Readonly<
  Record<FeeStep, { readonly count: number; readonly minor: ReadonlyMap<string, number> }>
>;

/** `202605` for the day `20260503`. */
export function monthOfDay(day: string): string {
  return day.slice(0, 6);
}

/** `202701` after `202612`. */
export function monthAfter(month: string): string {
  const [year, number] = [Number(month.slice(0, 4)), Number(month.slice(4))];
  return number === 12 ? `${year + 1}01` : `${year}${String(number + 1).padStart(2, '0')}`;
}

/** `202611` before `202612`. */
export function monthBefore(month: string): string {
  const [year, number] = [Number(month.slice(0, 4)), Number(month.slice(4))];
  return number === 1 ? `${year - 1}12` : `${year}${String(number - 1).padStart(2, '0')}`;
}

/** In which month a row of a day counts: its own, or the first that is not closed. */
export function monthOfLine(day: string, closedThrough: string | undefined): string {
  const month = monthOfDay(day);
  return closedThrough !== undefined && month <= closedThrough ? monthAfter(closedThrough) : month;
}

/**
 * Of the lines of one fee of one item what each changes in its month, by `settledBy`; those that are left out change nothing. At the end
 * of a month the line of the latest day and key stands of those that count in it or before, whatever order they came in. So a later line
 * changes no earlier month, and of a month only its last line shows.
 */
export function feeMoves(lines: readonly FeeLine[]): ReadonlyMap<string, FeeMove> {
  const moves = new Map<string, FeeMove>();
  const ordered = [...lines].sort(
    (one, other) => compare(one.month, other.month) || compare(one.settledBy, other.settledBy),
  );
  let stands: FeeLine | undefined;
  for (const [index, line] of ordered.entries()) {
    const isLastOfMonth = ordered[index + 1]?.month !== line.month;
    if (!isLastOfMonth || line.settledBy < (stands?.settledBy ?? '')) continue;
    const move = moveBetween(stands, line);
    if (move !== undefined) moves.set(line.settledBy, move);
    stands = line;
  }
  return moves;
}

/** Whether a line stands at the end of its month. */
export function standsInItsMonth({ month, settledBy }: FeeLine, lines: readonly FeeLine[]): boolean {
  return !lines.some((other) => other.month <= month && other.settledBy > settledBy);
}

function moveBetween(before: FeeLine | undefined, { state, money, month }: FeeLine): FeeMove | undefined {
  const takes = before?.state === 'CONFIRMED' ? before.money : undefined;
  if (state === 'REVERSED') return before?.state === 'REVERSED' ? undefined : { month, step: 'TAKEN_BACK', takes };
  if (before?.state !== 'CONFIRMED') return { month, step: 'CONFIRMED', gives: money };
  if (isSameMoney(takes, money)) return undefined;
  return { month, step: 'CORRECTED', takes, gives: money };
}

/** Whether two rows say the same money, or both none. */
export function isSameMoney(one: Money | undefined, other: Money | undefined): boolean {
  return one?.minor === other?.minor && one?.currency === other?.currency;
}

/** What a move brings and takes, that with a minus. */
export function amountsOf({ takes, gives }: Pick<FeeMove, 'takes' | 'gives'>): readonly Money[] {
  const taken = takes === undefined ? [] : [{ currency: takes.currency, minor: -takes.minor }];
  return gives === undefined ? taken : [...taken, gives];
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
