import { type Association, findAssociation, liveByPhones, moveAssociation } from '../../models/associations.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { isInvitable } from '../../src/domain/association-state.ts';
import { oweInvitation } from '../association/invitations.ts';
import { touchRequest } from '../association/request-cards.ts';

/** Sends an invitation again: one that did not go out, was not answered, or has expired. */
export async function resendInvitation(ctx: TapContext): Promise<void> {
  const found = await invitationHere(ctx);
  if (found === undefined || !isInvitable(found.state)) return;
  const others = (await liveByPhones(found.isoId, [found.phone], ctx.tx)).filter(
    ({ requestId }) => requestId !== found.requestId,
  );
  // invited anew meanwhile: that one counts
  if (others.length > 0) return;
  oweInvitation(ctx, await moveAssociation(found, { invitations: found.invitations + 1, problem: null }, ctx.tx));
  settled(ctx, found, 'association.resend');
}

/** Takes an invitation back that was not accepted yet: joining the organisation then associates with nobody. */
export async function takeInvitationBack(ctx: TapContext): Promise<void> {
  const found = await invitationHere(ctx);
  if (found === undefined || !['APPROVED', 'INVITED'].includes(found.state)) return;
  await moveAssociation(found, { state: 'WITHDRAWN', problem: null }, ctx.tx);
  settled(ctx, found, 'association.takeBack');
}

/** The invitation that the card is about, if it is of this admin's ISO. The card is redrawn as it is now in any case. */
async function invitationHere(ctx: TapContext): Promise<Association | undefined> {
  const { subject } = ctx.update.params;
  const found = subject?.kind === 'association' ? await findAssociation(subject.id, ctx.tx) : undefined;
  return found?.isoId === ctx.person.isoId && found?.decidedBy !== undefined ? found : undefined;
}

function settled(ctx: TapContext, found: Association, what: string): void {
  touchRequest(ctx, found);
  ctx.audit(what, { kind: 'association', id: found.requestId });
}
