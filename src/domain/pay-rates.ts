import { parseAmount, plainDigits } from './amount.ts';
import { minorDigits } from './currency.ts';
import { amountsOf, type FeeMove } from './fee-lines.ts';
import { type Money, type NoMoney, readMoney } from './money.ts';

/** What staff read of the fee for their work: how many, the amounts of the settlement file, or their ISO's own rate for each. */
export const FEES_SHOWN = ['COUNTS', 'FILE', 'RATES'] as const;
export type FeesShown = (typeof FEES_SHOWN)[number];

/** What an ISO counts for one fee of a kind, from a month on. */
export interface PayRate {
  /** Which fee of the programme. */
  readonly fee: string;
  /** The first month that it is for, `202612`. */
  readonly from: string;
  readonly money: Money;
}

/** What an ISO lets its staff read of amounts, and by which rates. */
export interface StaffAmounts {
  readonly shown: FeesShown;
  readonly rates: readonly PayRate[];
}

/** What a line of the ledger says, as far as a rate goes by it. */
export interface RatedLine extends Omit<FeeMove, 'step'> {
  readonly fee: string;
  readonly itemRef: string;
  readonly settledBy: string;
  /** Absent where the line changes nothing. */
  readonly step?: FeeMove['step'] | undefined;
}

/**
 * A rate as an admin writes it: `120`, `1,250`, `฿120.50`; of a currency with three decimals also `1.250`. Undefined for what has no one
 * reading, is no amount of that currency or too large for a fee.
 */
export function readRate(text: string, currency: string): Money | undefined {
  const plain = plainDigits(text).trim();
  const exact = minorDigits(currency) === 3 ? readMoney(plain, currency) : undefined;
  if (exact !== undefined && isMoney(exact)) return exact;
  const amount = parseAmount(plain);
  const money = amount === undefined ? undefined : readMoney(String(amount), currency);
  return money !== undefined && isMoney(money) ? money : undefined;
}

function isMoney(read: Money | NoMoney): read is Money {
  return !('wrong' in read);
}

/** The rate of a fee in a month: the last one that was set for it or an earlier month. */
export function rateIn(rates: readonly PayRate[], fee: string, month: string): PayRate | undefined {
  const sofar = rates.filter((rate) => rate.fee === fee && rate.from <= month);
  return sofar.reduce<PayRate | undefined>((last, rate) => (last && last.from > rate.from ? last : rate), undefined);
}

/** The rates with one that is new, in place of that which was set for the same month before. */
export function withRate(rates: readonly PayRate[], rate: PayRate): readonly PayRate[] {
  return [...rates.filter(({ fee, from }) => fee !== rate.fee || from !== rate.from), rate];
}

/**
 * What a line brings and takes as staff read it, that with a minus; nothing where they read no amounts. By rates, what is taken back is
 * what counted when it was confirmed, and a correction of the file changes nothing. `ofItem`: the lines about the same item.
 */
export function staffAmounts(
  line: RatedLine,
  ofItem: readonly RatedLine[],
  { shown, rates }: StaffAmounts,
): readonly Money[] {
  if (shown === 'FILE') return amountsOf(line);
  if (shown === 'COUNTS') return [];
  if (line.step === 'CONFIRMED') return moneyOf(rateIn(rates, line.fee, line.month));
  if (line.step !== 'TAKEN_BACK') return [];
  const confirmed = ofItem.filter(
    ({ fee, itemRef, step, ...at }) =>
      step === 'CONFIRMED' && fee === line.fee && itemRef === line.itemRef && isBefore(at, line),
  );
  const last = confirmed.reduce<RatedLine | undefined>(
    (late, one) => (late && isBefore(one, late) ? late : one),
    undefined,
  );
  const rate = last && rateIn(rates, line.fee, last.month);
  return moneyOf(rate).map(({ currency, minor }) => ({ currency, minor: -minor }));
}

/** What amounts come to by currency, in minor units. */
export function sumsOf(amounts: readonly Money[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { currency, minor } of amounts) sums.set(currency, (sums.get(currency) ?? 0) + minor);
  return sums;
}

type Placed = Pick<RatedLine, 'month' | 'settledBy'>;

function isBefore(one: Placed, other: Placed): boolean {
  return one.month < other.month || (one.month === other.month && one.settledBy < other.settledBy);
}

function moneyOf(rate: PayRate | undefined): readonly Money[] {
  return rate === undefined ? [] : [rate.money];
}
