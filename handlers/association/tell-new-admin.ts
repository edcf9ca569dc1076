import { derivedId } from '@field/kit/ids';
import { countWaiting } from '../../models/associations.ts';
import type { Context } from '../../src/bot/context.ts';
import { waitingSubject } from './request-cards.ts';

/** Whoever becomes an admin of an ISO, or is one again, gets the list of those who wait: nobody else may have been there to read of them. */
export async function tellNewAdmin(
  ctx: Pick<Context, 'tx' | 'send' | 'update'>,
  { userId, isoId }: { readonly userId: string; readonly isoId: string },
): Promise<void> {
  if ((await countWaiting(isoId, ctx.tx)) === 0) return;
  ctx.send({
    intent: derivedId('waiting', ctx.update.id, userId),
    to: userId,
    kind: 'record',
    view: 'association.waiting',
    subject: waitingSubject(isoId),
  });
}
