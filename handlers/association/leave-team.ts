import { changePerson, teamOf } from '../../models/people.ts';
import type { Context } from '../../src/bot/context.ts';

/** A supervisor is one no more: nobody is in their team, and what the team sees of it is redrawn. */
export async function leaveTeam(ctx: Pick<Context, 'tx'>, supervisorId: string, isoId: string): Promise<void> {
  for (const { userId } of await teamOf(supervisorId, isoId, ctx.tx)) {
    await changePerson(userId, { supervisorId: null }, ctx.tx);
  }
}
