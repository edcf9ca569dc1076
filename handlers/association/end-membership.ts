import { DAY_MS } from '@field/kit/calendar';
import { type Association, membershipOf, moveAssociation } from '../../models/associations.ts';
import { changeMember, type Person } from '../../models/people.ts';
import type { Context } from '../../src/bot/context.ts';
import { leaveBehind } from '../hand-over/leave-behind.ts';
import { leaveTeam } from './leave-team.ts';
import { touchRequest } from './request-cards.ts';

/** Whoever does not work for an ISO any more reads their own results and counts for so long. */
const READS_ON_MS = 90 * DAY_MS;

/** Who ended it, and the association by which they worked; undefined for who was set up by an operator. */
export interface Ended {
  readonly former: Person;
  readonly membership: Association | undefined;
}

interface Ending {
  /** What becomes of the association. */
  readonly to: 'LEFT' | 'REMOVED';
  /** Who gets what is open; undefined: their supervisor, else nobody. */
  readonly heir?: Person | 'nobody' | undefined;
}

/**
 * Somebody works for their ISO no more: they may do nothing from the next tap on, every card of theirs says so, what they did and began
 * stays that ISO's (domain A.12-15), in other hands or in nobody's, and a team of theirs is nobody's.
 */
export async function endMembership(ctx: Context, person: Person, isoId: string, { to, heir }: Ending): Promise<Ended> {
  const { userId } = person;
  await leaveBehind(ctx, person, heir);
  const found = await membershipOf(userId, isoId, ctx.tx);
  const membership = found?.state === 'ACTIVE' || found?.state === 'SUSPENDED' ? found : undefined;
  if (membership !== undefined) {
    await moveAssociation(membership, { state: to }, ctx.tx);
    touchRequest(ctx, membership);
  }
  if (person.role === 'SUPERVISOR') await leaveTeam(ctx, userId, isoId);
  const nobodys = { state: 'UNKNOWN', role: 'STAFF', isoId: null, supervisorId: null, paused: null } as const;
  const formerIso = { isoId, until: ctx.now + READS_ON_MS };
  const former = await changeMember(person, { ...nobodys, typed: null, currentWork: null, formerIso }, ctx.tx);
  ctx.touchViewer(userId);
  return { former, membership };
}
