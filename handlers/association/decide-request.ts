import { type Association, findAssociation, moveAssociation } from '../../models/associations.ts';
import { changePerson } from '../../models/people.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { showMenu } from '../menu/menu.ts';

const LONGEST_REASON = 300;

/** An admin lets the person in. The first decision wins; every admin's card then says who decided (A.12-13, 14). */
export async function approveRequest(ctx: TapContext): Promise<void> {
  const request = await decidable(ctx);
  if (request === undefined) return;
  const { tx, person } = ctx;
  await moveAssociation(request, { state: 'ACTIVE', decidedBy: person.userId, decidedAt: ctx.now }, tx);
  await changePerson(request.userId, { state: 'ACTIVE', role: 'STAFF', isoId: request.isoId, name: request.name }, tx);
  settled(ctx, request, 'association.approve');
  ctx.showTo(request.userId, {
    view: 'menu',
    subject: { kind: 'person', id: request.userId },
    line: { key: 'association.approved' },
  });
}

/** Asks for the reason, on the admin's working card below the request. */
export async function askForReason(ctx: TapContext): Promise<void> {
  const request = await decidable(ctx);
  if (request === undefined) return;
  ctx.show({ view: 'association-reject', subject: { kind: 'association', id: request.requestId } });
}

/** An admin turns the person away, with a reason that they read word for word. */
export async function rejectRequest(ctx: TapContext): Promise<void> {
  const request = await decidable(ctx);
  if (request === undefined) return;
  const reason = reasonOf(ctx);
  if (reason === '') {
    return ctx.show({ view: 'association-reject-why', subject: { kind: 'association', id: request.requestId } });
  }
  const { tx, person } = ctx;
  await moveAssociation(request, { state: 'REJECTED', decidedBy: person.userId, decidedAt: ctx.now, reason }, tx);
  settled(ctx, request, 'association.reject');
  ctx.showTo(request.userId, { view: 'association', subject: { kind: 'person', id: request.userId } });
  showMenu(ctx, { key: 'association.rejectedByYou' });
}

/** The request, if this admin may still decide it: of their own ISO, not their own, and open. Otherwise the card is redrawn. */
async function decidable(ctx: TapContext): Promise<Association | undefined> {
  const subject = ctx.update.params.subject;
  const request = subject?.kind === 'association' ? await findAssociation(subject.id, ctx.tx) : undefined;
  if (request === undefined || request.isoId !== ctx.person.isoId || request.userId === ctx.person.userId)
    return undefined;
  if (request.state === 'PENDING') return request;
  ctx.touch({ kind: 'association', id: request.requestId });
  if (ctx.card?.view.startsWith('association-reject') === true) showMenu(ctx, { key: 'association.decidedMeanwhile' });
  return undefined;
}

function settled(ctx: TapContext, request: Association, what: string): void {
  const subject = { kind: 'association', id: request.requestId };
  ctx.touch(subject);
  ctx.audit(what, subject);
}

/** The admin's own words win over the reason chosen. */
function reasonOf(ctx: TapContext): string {
  const { form } = ctx.update.params;
  const own = typeof form?.words === 'string' ? form.words.trim() : '';
  const chosen = typeof form?.reason === 'string' ? form.reason : '';
  return (own || chosen).slice(0, LONGEST_REASON);
}
