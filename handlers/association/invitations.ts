import { derivedId } from '@field/kit/ids';
import { type Association, findAssociation, liveByPhones, moveAssociation } from '../../models/associations.ts';
import type { Context, EventContext } from '../../src/bot/context.ts';
import { isInvitable, isUnheard } from '../../src/domain/association-state.ts';
import { requestCardFor } from './request-cards.ts';

/** Enqueues the invitation into the organisation; asked again, it is another one. */
export function enqueueInvitation(ctx: Context, association: Pick<Association, 'requestId' | 'invitations'>): void {
  const { requestId, invitations } = association;
  ctx.enqueue({ kind: 'invitation', id: requestId, intent: derivedId('invitation', requestId, invitations) });
}

/** `invitation.sent`: DingTalk has asked the person, who must agree. That is a state, not a failure (dingtalk 3.4: 40103). */
export async function invitationSent(ctx: EventContext<'invitation.sent'>): Promise<void> {
  const association = await concerned(ctx);
  if (association === undefined) return;
  if (await invitedAnew(association, ctx)) return;
  const sent = { invitedAt: ctx.now, problem: null };
  const unheard = association.state === 'REFUSED' && isUnheard(association.refusedAt, ctx.now);
  // whoever has left stays paused until they are back
  if (unheard || association.state === 'SUSPENDED') await moveAssociation(association, sent, ctx.tx);
  // whoever had a card of it before is outside by now
  else await moveAssociation(association, { ...sent, state: 'INVITED', userId: null, cardEnded: null }, ctx.tx);
  ctx.touch({ kind: 'association', id: association.requestId });
}

/** `invitation.refused`: it will not go out; the admin who decided gets a card that says why, and what to do. */
export async function invitationRefused(ctx: EventContext<'invitation.refused'>): Promise<void> {
  const association = await concerned(ctx);
  if (association === undefined) return;
  const { problem } = ctx.update.facts;
  await moveAssociation(association, { problem }, ctx.tx);
  const subject = { kind: 'association', id: association.requestId } as const;
  ctx.touch(subject);
  ctx.audit('association.invitationRefused', subject, { problem });
  ctx.send(requestCardFor(association.requestId, ctx.person.userId));
}

async function concerned(
  ctx: EventContext<'invitation.sent' | 'invitation.refused'>,
): Promise<Association | undefined> {
  const found = await findAssociation(ctx.update.facts.association, ctx.tx);
  return found !== undefined && isInvitable(found.state) ? found : undefined;
}

/** An invitation had expired and another one was made for that number before this answer came: that one counts. */
async function invitedAnew({ state, isoId, phone }: Association, ctx: Context): Promise<boolean> {
  return state === 'EXPIRED' && (await liveByPhones(isoId, [phone], ctx.tx)).length > 0;
}
