import { type Association, findAssociation, moveAssociation } from '../../models/associations.ts';
import { changePerson, findPerson } from '../../models/people.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { showRequests } from '../admin/team.ts';
import { showMenu } from '../menu/menu.ts';
import { oweInvitation } from './invitations.ts';
import { touchRequest } from './request-cards.ts';

const LONGEST_REASON = 300;

/** An admin lets the person in. The first decision wins; every admin's card then says who decided (domain A.12-13, 14). */
export async function approveRequest(ctx: TapContext): Promise<void> {
  const request = await decidable(ctx);
  if (request === undefined) return;
  await approve(ctx, request);
  if (ctx.card?.view === 'team.request') showRequests(ctx, { line: { key: 'team.approved', args: { count: 1 } } });
}

/** Who is in the organisation works from now on; who is outside is invited into it. */
export async function approve(ctx: TapContext, request: Association): Promise<void> {
  const { tx, person, now } = ctx;
  const decided = { decidedBy: person.userId, decidedAt: now };
  settled(ctx, request, 'association.approve');
  const { userId, isoId, name, language } = request;
  if (userId === undefined) {
    const approved = await moveAssociation(request, { state: 'APPROVED', invitations: 1, ...decided }, tx);
    return oweInvitation(ctx, approved);
  }
  await moveAssociation(request, { state: 'ACTIVE', ...decided }, tx);
  const known = await findPerson(userId, tx);
  const chosen = known?.language === undefined && language !== undefined ? { language } : {};
  await changePerson(userId, { state: 'ACTIVE', role: 'STAFF', isoId, name, ...chosen }, tx);
  ctx.showTo(userId, {
    // the card in the chat has the languages on it; who came by the public page is asked now
    view: request.channel === 'CARD' ? 'menu' : 'language',
    subject: { kind: 'person', id: userId },
    line: { key: 'association.approved' },
  });
}

/** Asks for the reason, on the admin's working card below the request. */
export async function askForReason(ctx: TapContext): Promise<void> {
  const request = await decidable(ctx);
  if (request === undefined) return;
  ctx.show({ view: 'association.reject', subject: { kind: 'association', id: request.requestId } });
}

/** An admin turns the person away, with a reason that they read word for word. */
export async function rejectRequest(ctx: TapContext): Promise<void> {
  const request = await decidable(ctx);
  if (request === undefined) return;
  const reason = reasonOf(ctx);
  if (reason === '') {
    return ctx.show({ view: 'association.rejectWhy', subject: { kind: 'association', id: request.requestId } });
  }
  const { tx, person } = ctx;
  await moveAssociation(request, { state: 'REJECTED', decidedBy: person.userId, decidedAt: ctx.now, reason }, tx);
  settled(ctx, request, 'association.reject');
  if (request.userId !== undefined) {
    ctx.showTo(request.userId, { view: 'association', subject: { kind: 'person', id: request.userId } });
  }
  showMenu(ctx, { key: 'association.rejectedByYou' });
}

/** The request, if this admin may still decide it: of their own ISO, not their own, and open. Otherwise the card is redrawn. */
async function decidable(ctx: TapContext): Promise<Association | undefined> {
  const subject = ctx.update.params.subject;
  const request = subject?.kind === 'association' ? await findAssociation(subject.id, ctx.tx) : undefined;
  if (request === undefined || !mayDecide(ctx, request)) return undefined;
  if (request.state === 'PENDING') return request;
  touchRequest(ctx, request);
  const wasAsked = ctx.card?.view === 'association.reject' || ctx.card?.view === 'association.rejectWhy';
  if (wasAsked) showMenu(ctx, { key: 'association.decidedMeanwhile' });
  return undefined;
}

/** Only an admin of that ISO decides, and never their own request (domain A.12-14); that they are an admin is checked by the route. */
export function mayDecide(ctx: TapContext, request: Association): boolean {
  return request.isoId === ctx.person.isoId && request.userId !== ctx.person.userId;
}

function settled(ctx: TapContext, request: Association, what: string): void {
  touchRequest(ctx, request);
  ctx.audit(what, { kind: 'association', id: request.requestId });
}

/** The admin's own words win over the reason chosen. */
function reasonOf(ctx: TapContext): string {
  const { form } = ctx.update.params;
  const own = typeof form?.words === 'string' ? form.words.trim() : '';
  const chosen = typeof form?.reason === 'string' ? form.reason : '';
  return (own || chosen).slice(0, LONGEST_REASON);
}
