import { derivedId } from '@field/kit/ids';
import { membershipOf } from '../../models/associations.ts';
import { adminsOf } from '../../models/people.ts';
import { readAll } from '../../models/read-together.ts';
import type { Context } from '../../src/bot/context.ts';
import type { Subject } from '../../src/platform/subject.ts';
import { endMembership } from './end-membership.ts';

/**
 * The person works for their ISO no more, from now on: what they did there stays that ISO's, and its admins read that they have
 * left, never where to (domain A.12-22).
 */
export async function leaveIso(ctx: Context): Promise<void> {
  const { userId, isoId } = ctx.person;
  if (isoId === undefined) return;
  ctx.audit('association.leave', { kind: 'person', id: userId });
  const [admins] = await readAll(
    () => adminsOf(isoId, ctx.tx),
    () => membershipOf(userId, isoId, ctx.tx),
  );
  const { former, membership } = await endMembership(ctx, ctx.person, isoId, { to: 'LEFT' });
  ctx.person = former;
  const subject: Subject =
    membership === undefined ? { kind: 'person', id: userId } : { kind: 'association', id: membership.requestId };
  for (const admin of admins) {
    if (admin.userId === userId) continue;
    const intent = derivedId('left', userId, ctx.update.id, admin.userId);
    ctx.send({ intent, to: admin.userId, kind: 'record', view: 'team.left', subject });
  }
}
