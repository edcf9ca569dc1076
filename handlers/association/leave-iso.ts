import { DAY_MS } from '@field/kit/calendar';
import { derivedId } from '@field/kit/ids';
import { type Association, membershipOf, moveAssociation } from '../../models/associations.ts';
import { changeDraft, openDraftsOf } from '../../models/drafts.ts';
import { adminsOf, changeMember, type Person } from '../../models/people.ts';
import type { Context } from '../../src/bot/context.ts';
import type { Subject } from '../../src/platform/subject.ts';
import { touchRequest } from './request-cards.ts';

/** Whoever has left reads their own results and counts for so long. */
const READS_ON_MS = 90 * DAY_MS;

/**
 * The person works for their ISO no more, from now on: what they did there stays that ISO's, and its admins read that they have
 * left, never where to (domain A.12-22).
 */
export async function leaveIso(ctx: Context): Promise<void> {
  const { userId, isoId } = ctx.person;
  if (isoId === undefined) return;
  const membership = await membershipOf(userId, isoId, ctx.tx);
  ctx.audit('association.leave', { kind: 'person', id: userId });
  if (isMember(membership)) {
    await moveAssociation(membership, { state: 'LEFT' }, ctx.tx);
    touchRequest(ctx, membership);
  }
  await leaveDraftsBehind(ctx, isoId);
  const former = { isoId, until: ctx.now + READS_ON_MS };
  const nobodys = { state: 'UNKNOWN', role: 'STAFF', isoId: null, supervisorId: null, paused: null } as const;
  const over = { currentWork: null, typed: null } as const;
  ctx.person = await changeMember(ctx.person, { ...nobodys, ...over, formerIso: former }, ctx.tx);
  ctx.touchViewer(userId);
  const subject: Subject = isMember(membership)
    ? { kind: 'association', id: membership.requestId }
    : { kind: 'person', id: userId };
  for (const admin of await adminsOf(isoId, ctx.tx)) {
    if (admin.userId === userId) continue;
    const intent = derivedId('left', userId, ctx.update.id, admin.userId);
    ctx.send({ intent, to: admin.userId, kind: 'record', view: 'team.left', subject });
  }
}

/** Whether nobody would be left to decide there. */
export async function isLastAdmin({ userId, isoId, role }: Person, tx?: Context['tx']): Promise<boolean> {
  if (role !== 'ADMIN' || isoId === undefined) return false;
  return (await adminsOf(isoId, tx)).every((admin) => admin.userId === userId);
}

function isMember(association: Association | undefined): association is Association {
  return association?.state === 'ACTIVE' || association?.state === 'SUSPENDED';
}

/** What was begun for this ISO stays its own: nobody submits it for it from elsewhere (domain A.12-15). */
async function leaveDraftsBehind(ctx: Context, isoId: string): Promise<void> {
  for (const stored of await openDraftsOf(ctx.person.userId, ctx.tx)) {
    if (stored.isoId === isoId) await changeDraft(stored, { state: 'DISCARDED', updatedAt: ctx.now }, ctx.tx);
  }
}
