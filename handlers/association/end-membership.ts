import { DAY_MS } from '@field/kit/calendar';
import { type Association, membershipOf, moveAssociation } from '../../models/associations.ts';
import { changeDraft, openDraftsOf } from '../../models/drafts.ts';
import { changeMember, type Person } from '../../models/people.ts';
import type { Context } from '../../src/bot/context.ts';
import { leaveTeam } from './leave-team.ts';
import { touchRequest } from './request-cards.ts';

/** Whoever does not work for an ISO any more reads their own results and counts for so long. */
const READS_ON_MS = 90 * DAY_MS;

/** What a membership is ended with. */
type Ends = Pick<Context, 'tx' | 'now' | 'touch' | 'touchViewer'>;

/** Who ended it, and the association by which they worked; undefined for who was set up by an operator. */
export interface Ended {
  readonly former: Person;
  readonly membership: Association | undefined;
}

/**
 * Somebody works for their ISO no more: they may do nothing from the next tap on, every card of theirs says so, what they did stays that
 * ISO's, and a team of theirs is nobody's. `to` is what becomes of the association.
 */
export async function endMembership(ctx: Ends, person: Person, isoId: string, to: 'LEFT' | 'REMOVED'): Promise<Ended> {
  const { userId } = person;
  const found = await membershipOf(userId, isoId, ctx.tx);
  const membership = found?.state === 'ACTIVE' || found?.state === 'SUSPENDED' ? found : undefined;
  if (membership !== undefined) {
    await moveAssociation(membership, { state: to }, ctx.tx);
    touchRequest(ctx, membership);
  }
  await leaveDraftsBehind(ctx, userId, isoId);
  if (person.role === 'SUPERVISOR') await leaveTeam(ctx, userId, isoId);
  const nobodys = { state: 'UNKNOWN', role: 'STAFF', isoId: null, supervisorId: null, paused: null } as const;
  const formerIso = { isoId, until: ctx.now + READS_ON_MS };
  const former = await changeMember(person, { ...nobodys, typed: null, currentWork: null, formerIso }, ctx.tx);
  ctx.touchViewer(userId);
  return { former, membership };
}

/** What was begun for this ISO stays its own: nobody submits it for it from elsewhere (domain A.12-15). */
async function leaveDraftsBehind(ctx: Ends, userId: string, isoId: string): Promise<void> {
  for (const stored of await openDraftsOf(userId, ctx.tx)) {
    if (stored.isoId === isoId) await changeDraft(stored, { state: 'DISCARDED', updatedAt: ctx.now }, ctx.tx);
  }
}
