import { latestAssociationOf, moveAssociation } from '../../models/associations.ts';
import { changePerson } from '../../models/people.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { showAssociation } from './send-request.ts';

/** The person takes an open request back; the admins' cards say so. */
export async function withdrawRequest(ctx: TapContext): Promise<void> {
  const request = await latestAssociationOf(ctx.person.userId, ctx.tx);
  if (request?.state === 'PENDING') {
    await moveAssociation(request, { state: 'WITHDRAWN', decidedAt: ctx.now }, ctx.tx);
    const subject = { kind: 'association', id: request.requestId };
    ctx.touch(subject);
    ctx.audit('association.withdraw', subject);
    const { name, phone } = request;
    ctx.person = await changePerson(ctx.person.userId, { typed: { values: { name, phone }, problems: [] } }, ctx.tx);
  }
  showAssociation(ctx);
}

/** After a rejection: the form again, with what was sent the last time. */
export async function requestAgain(ctx: TapContext): Promise<void> {
  const request = await latestAssociationOf(ctx.person.userId, ctx.tx);
  if (request?.state === 'REJECTED') {
    const { name, phone } = request;
    ctx.person = await changePerson(ctx.person.userId, { typed: { values: { name, phone }, problems: [] } }, ctx.tx);
  }
  showAssociation(ctx);
}
