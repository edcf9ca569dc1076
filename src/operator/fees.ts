import { dayOf } from '@field/kit/calendar';
import { AppError } from '@field/kit/errors';
import { closedMonths, feesOfMonth } from '../../models/fee-months.ts';
import type { Iso } from '../../models/isos.ts';
import { type FeeStep, type FeeTotals, monthOfDay } from '../domain/fee-lines.ts';
import { decimalText } from '../domain/money.ts';
import { closeFees } from '../exports/close-fees.ts';
import type { Operator } from './command.ts';
import { isoWith } from './isos.ts';

interface OfIso {
  readonly iso: Pick<Iso, 'email' | 'name'>;
  /** `2026-05`. */
  readonly month: string;
  readonly closed: boolean;
}

interface Counted {
  readonly count: number;
  /** Exact, as files write them; corrections and what was taken back with a minus where it is less. */
  readonly amounts: readonly { readonly currency: string; readonly amount: string }[];
}

/** What settlement files made of the fees of an ISO in a month. */
export interface FeesOfMonth extends OfIso {
  readonly fees: readonly (Readonly<Record<FeeStep, Counted>> & { readonly fee: string })[];
}

interface Asked {
  readonly email: string;
  /** `202605`. */
  readonly month: string;
}

/** Errors: `iso.unknown`. */
export async function reportFees({ email, month }: Asked): Promise<FeesOfMonth> {
  const { isoId, name } = await isoWith(email);
  const [months, closed] = await Promise.all([feesOfMonth(isoId, month), closedMonths([isoId])]);
  const fees = [...months].map(([fee, totals]) => ({ fee, ...inWords(totals) }));
  return { iso: { email, name }, month: written(month), closed: month <= (closed.get(isoId) ?? ''), fees };
}

/** Answers whether they were still open. Errors: `iso.unknown`, `usage.wrong` for a month that is not over. */
export async function closeFeesOf(
  { email, month }: Asked,
  { ids, now }: Pick<Operator, 'ids' | 'now'>,
): Promise<OfIso> {
  const { isoId, name, timeZone } = await isoWith(email);
  const at = now();
  if (month >= monthOfDay(dayOf(at, timeZone)))
    throw new AppError('usage.wrong', {
      say: `${written(month)} is not over for ${name}. A month is closed after its last day.`,
    });
  const closed = await closeFees({ isoId, month }, { by: 'operator', cause: ids.next(), at });
  return { iso: { email, name }, month: written(month), closed };
}

function inWords({ CONFIRMED, CORRECTED, TAKEN_BACK }: FeeTotals): Readonly<Record<FeeStep, Counted>> {
  return { CONFIRMED: counted(CONFIRMED), CORRECTED: counted(CORRECTED), TAKEN_BACK: counted(TAKEN_BACK) };
}

function counted({ count, minor }: FeeTotals[FeeStep]): Counted {
  return {
    count,
    amounts: [...minor].sort().map(([currency, sum]) => ({ currency, amount: decimalText({ currency, minor: sum }) })),
  };
}

function written(month: string): string {
  return `${month.slice(0, 4)}-${month.slice(4)}`;
}
