import { addAudit } from '../../models/audit.ts';
import { reorderDrafts } from '../../models/drafts.ts';
import { allIsos, changeOrder, findIso, type Iso } from '../../models/isos.ts';
import { inTransaction } from '../../models/transaction.ts';
import type { AgreedOrder, OrderOfWork } from '../domain/order-of-work.ts';
import type { Operator } from './command.ts';
import { isoWith } from './isos.ts';

/** In which order an ISO works, and everything that was agreed of that. */
export interface OrderLine extends Pick<Iso, 'email' | 'name'> {
  readonly order: OrderOfWork;
  readonly agreed: readonly AgreedOrder[];
}

export async function listOrders(): Promise<readonly OrderLine[]> {
  return (await allIsos()).map(({ email, name, order = 'plain', ordersAgreed = [] }) => {
    return { email, name, order, agreed: ordersAgreed };
  });
}

interface OrderSet {
  readonly iso: Pick<Iso, 'email' | 'name'>;
  readonly order: OrderOfWork;
  /** How many open promotions go on in it. */
  readonly drafts: number;
}

/** What is open goes on in the new order, with all that was said and sent. Errors: `iso.unknown`. */
export async function setOrder(
  { email, order, agreedBy, on }: { email: string; order: OrderOfWork; agreedBy: string; on: string },
  { ids, now }: Pick<Operator, 'ids' | 'now'>,
): Promise<OrderSet> {
  const { isoId, name } = await isoWith(email);
  const drafts = await inTransaction(async (tx) => {
    const iso = await findIso(isoId, tx);
    if (iso === undefined) return 0;
    await changeOrder(iso, { order, agreedBy, agreedOn: on, at: now() }, tx);
    const changed = await reorderDrafts(isoId, order, tx);
    const details = { order, on, drafts: changed };
    const subject = { kind: 'iso', id: isoId } as const;
    await addAudit([{ at: now(), by: 'operator', isoId, what: 'iso.order', subject, details, cause: ids.next() }], tx);
    return changed;
  });
  return { iso: { email, name }, order, drafts };
}
