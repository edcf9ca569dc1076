import { type Association, latestAssociationOf, moveAssociation } from '../../models/associations.ts';
import { findIso } from '../../models/isos.ts';
import { changePerson } from '../../models/people.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { touchRequest } from './request-cards.ts';
import { showAssociation } from './send-request.ts';

/** The person takes an open request back; the admins' cards say so. */
export async function withdrawRequest(ctx: TapContext): Promise<void> {
  const request = await latestAssociationOf(ctx.person.userId, ctx.tx);
  if (request?.state === 'PENDING') {
    await moveAssociation(request, { state: 'WITHDRAWN', decidedAt: ctx.now }, ctx.tx);
    const subject = { kind: 'association', id: request.requestId };
    touchRequest(ctx, request);
    ctx.audit('association.withdraw', subject);
    await fillInAgain(ctx, request);
  }
  showAssociation(ctx);
}

/** After a rejection: the form again, with what was sent the last time. */
export async function requestAgain(ctx: TapContext): Promise<void> {
  const request = await latestAssociationOf(ctx.person.userId, ctx.tx);
  if (request?.state === 'REJECTED') await fillInAgain(ctx, request);
  showAssociation(ctx);
}

async function fillInAgain(ctx: TapContext, { isoId, name, phone }: Association): Promise<void> {
  const iso = await findIso(isoId, ctx.tx);
  const values = { ...(iso !== undefined && { isoEmail: iso.email }), name, phone };
  ctx.person = await changePerson(ctx.person.userId, { typed: { values, problems: [] } }, ctx.tx);
}
