import { dayOf, instantOf } from '@field/kit/calendar';
import { type Association, countInvitedSince } from '../../models/associations.ts';
import { claimInvitations, type Iso } from '../../models/isos.ts';
import { readAll } from '../../models/read-together.ts';
import { readInstallation } from '../../models/settings.ts';
import type { Reads } from '../../models/single-write.ts';
import type { Transaction } from '../../models/transaction.ts';

/** How many invitations an ISO may send in a day, and how many are left of them today: whoever has come gives theirs back. */
export interface InvitationsToday {
  readonly limit: number;
  readonly left: number;
}

/** As it is read now: what a card says. The day is that of the ISO's calendar. */
export async function invitationsToday(iso: Iso, now: number, tx?: Reads): Promise<InvitationsToday> {
  const [{ invitationsADay: limit }, used] = await readAll(
    () => readInstallation(tx),
    () => countInvitedSince(iso.isoId, todayOf(iso, now), tx),
  );
  return { limit, left: Math.max(0, limit - used) };
}

/** As `invitationsToday`, for whoever invites in this transaction: of two admins who do so at once one must be too late. */
export async function claimInvitationsToday(iso: Iso, now: number, tx: Transaction): Promise<InvitationsToday> {
  await claimInvitations(iso.isoId, tx);
  return await invitationsToday(iso, now, tx);
}

/** Whether this invitation waits for its answer, and was asked for today, with nothing to keep it from going out: once a day is enough. */
export function wentOutToday({ state, invitationAskedAt = 0, problem }: Association, iso: Iso, now: number): boolean {
  return state !== 'EXPIRED' && problem === undefined && invitationAskedAt >= todayOf(iso, now);
}

/** When the day began. */
function todayOf({ timeZone }: Iso, now: number): number {
  return instantOf(dayOf(now, timeZone), 0, timeZone);
}
