import { AppError } from '@field/kit/errors';
import { type Association, findAssociation, moveAssociation } from '../../models/associations.ts';
import { findPerson, type Person } from '../../models/people.ts';
import type { TapContext } from '../../src/bot/context.ts';
import type { VersionedSubject } from '../../src/bot/tap-subject.ts';
import type { Audited } from '../../src/domain/audited.ts';
import { showMenu } from '../menu/menu.ts';
import { showRequests } from '../team/team.ts';
import { beginMembership } from './begin-membership.ts';
import { enqueueInvitation } from './invitations.ts';
import { touchRequest } from './request-cards.ts';

const LONGEST_REASON = 300;

/** An admin lets the person in. The first decision wins; every admin's card then says who decided (domain A.12-13, 14). */
export async function approveRequest(ctx: TapContext, request: Association): Promise<void> {
  await approve(ctx, request);
  if (ctx.card?.view === 'team.request') showRequests(ctx, { line: { key: 'team.approved', args: { count: 1 } } });
}

/** Who asked in the chat works from now on. Who asked on the public page gave but a number: whoever has it is invited. */
export async function approve(ctx: TapContext, request: Association): Promise<void> {
  const { tx, person, now } = ctx;
  const decided = { decidedBy: person.userId, decidedAt: now };
  redrawAndAudit(ctx, request, 'association.approve');
  const { userId, channel } = request;
  if (userId === undefined || channel !== 'CARD') {
    const approved = await moveAssociation(request, { state: 'APPROVED', invitations: 1, ...decided }, tx);
    return enqueueInvitation(ctx, approved);
  }
  await moveAssociation(request, { state: 'ACTIVE', ...decided }, tx);
  const asking = await findPerson(userId, tx);
  if (asking === undefined) throw new AppError('bug.unexpected', { why: 'a request of nobody' });
  await beginMembership(asking, request, tx);
  ctx.showTo(userId, {
    view: 'menu',
    subject: { kind: 'person', id: userId },
    line: { key: 'association.approved' },
  });
}

/** Asks for the reason, on the admin's working card below the request. */
export function askForReason(ctx: TapContext, { requestId }: Association): void {
  ctx.show({ view: 'association.reject', subject: { kind: 'association', id: requestId } });
}

/** An admin turns the person away, with a reason that they read word for word. */
export async function rejectRequest(ctx: TapContext, request: Association): Promise<void> {
  const reason = reasonOf(ctx);
  if (reason === '') {
    return ctx.show({ view: 'association.rejectWhy', subject: { kind: 'association', id: request.requestId } });
  }
  const { tx, person } = ctx;
  await moveAssociation(request, { state: 'REJECTED', decidedBy: person.userId, decidedAt: ctx.now, reason }, tx);
  redrawAndAudit(ctx, request, 'association.reject');
  if (request.userId !== undefined) {
    ctx.showTo(request.userId, { view: 'association', subject: { kind: 'person', id: request.userId } });
  }
  showMenu(ctx, { key: 'association.rejectedByYou' });
}

/** A request that this admin may decide: of their own ISO, not their own, and open. */
export const REQUEST_TO_DECIDE: VersionedSubject<Association> = {
  async load({ update, tx }) {
    const { subject } = update.params;
    return subject?.kind === 'association' ? await findAssociation(subject.id, tx) : undefined;
  },
  mayUse: mayDecide,
  isOpen: (_ctx, { state }) => state === 'PENDING',
  versionOf: ({ version }) => version,
  refuse(ctx, refusal) {
    if (refusal.why === 'gone' || refusal.why === 'foreign') return;
    touchRequest(ctx, refusal.subject);
    const wasAsked = ctx.card?.view === 'association.reject' || ctx.card?.view === 'association.rejectWhy';
    if (wasAsked && refusal.why === 'over') showMenu(ctx, { key: 'association.decidedMeanwhile' });
  },
};

/** Only an admin of that ISO decides, and never their own request (domain A.12-14); that they are an admin is checked by the route. */
export function mayDecide({ isoId, userId }: Person, request: Association): boolean {
  return request.isoId === isoId && request.userId !== userId;
}

function redrawAndAudit(ctx: TapContext, request: Association, what: Audited): void {
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
