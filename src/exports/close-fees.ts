import { addAudit } from '../../models/audit.ts';
import { closeFeeMonths } from '../../models/fee-months.ts';
import { inTransaction } from '../../models/transaction.ts';

/** Whose doing something is, as the audit names it, and what it belongs to. */
export interface Doing {
  readonly by: string;
  readonly cause: string;
  readonly at: number;
}

/** Closes the fees of an ISO through a month, `202605`, that is over: what comes later for them counts in the month after. Answers whether they were open. */
export async function closeFees(
  { isoId, month }: { readonly isoId: string; readonly month: string },
  doing: Doing,
): Promise<boolean> {
  return await inTransaction(async (tx) => {
    if (!(await closeFeeMonths(isoId, month, tx))) return false;
    const entry = { ...doing, isoId, what: 'iso.feesClosed', subject: { kind: 'iso', id: isoId } } as const;
    await addAudit([{ ...entry, details: { month } }], tx);
    return true;
  });
}
