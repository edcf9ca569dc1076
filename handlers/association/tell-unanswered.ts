import { derivedId } from '@field/kit/ids';
import { noteInvitationsTold } from '../../models/isos.ts';
import { adminsOf } from '../../models/people.ts';
import type { EventContext } from '../../src/bot/context.ts';

/** `invitations.unanswered`: every admin of the ISO gets the list of whoever has not answered, on a card of its own. */
export async function tellUnanswered(ctx: EventContext<'invitations.unanswered'>): Promise<void> {
  const { isoId } = ctx.update.facts;
  await noteInvitationsTold(isoId, ctx.now, ctx.tx);
  for (const { userId } of await adminsOf(isoId, ctx.tx)) {
    ctx.send({
      intent: derivedId('unanswered', ctx.update.id, userId),
      to: userId,
      kind: 'record',
      view: 'association.unanswered',
      subject: { kind: 'unanswered', id: isoId },
      callClass: 'reminder',
    });
  }
}
