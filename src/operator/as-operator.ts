import type { Person } from '../../models/people.ts';
import { inTransaction } from '../../models/transaction.ts';
import { type Context, newContext } from '../bot/context.ts';
import { commitEffects } from '../bot/effects.ts';
import type { Operator } from './command.ts';

/**
 * Does what handlers do, by the operator's hand: in one transaction, audited as theirs, and told and redrawn by the bot, which finds
 * what is to be sent when it runs.
 */
export async function asOperator<Result>(
  isoId: string,
  { ids, now }: Pick<Operator, 'ids' | 'now'>,
  work: (ctx: Context) => Promise<Result>,
): Promise<Result> {
  const operator: Person = { userId: 'operator', state: 'UNKNOWN', role: 'STAFF', name: '', isoId };
  return await inTransaction(async (tx) => {
    const update = { kind: 'operator', id: ids.next() } as const;
    const ctx = newContext({ update, tx, ids, now: now(), dingTalkNow: now(), person: operator, card: undefined });
    const result = await work(ctx);
    await commitEffects(ctx);
    return result;
  });
}
