import { type Association, liveAssociationsOf, moveAssociation } from '../../models/associations.ts';
import { findIso } from '../../models/isos.ts';
import { meetPerson } from '../../models/people.ts';
import { readAll } from '../../models/read-together.ts';
import type { Context } from '../../src/bot/context.ts';
import { beginMembership } from './begin-membership.ts';
import { leaveIso } from './leave-iso.ts';
import { touchRequest } from './request-cards.ts';

/**
 * Somebody who was invited said yes, and is in the organisation: associated, welcomed, asked for a language (the product list follows
 * it). What they asked of other ISOs is taken back, and the ISO that they worked for is left; other invitations stay open.
 */
export async function welcome(ctx: Context, invited: Association): Promise<void> {
  const { tx } = ctx;
  const { userId } = ctx.person;
  if (ctx.person.isoId !== invited.isoId) await leaveIso(ctx);
  const [live, iso] = await readAll(
    () => liveAssociationsOf(userId, tx),
    () => findIso(invited.isoId, tx),
  );
  for (const earlier of live) {
    const isOpen = earlier.state === 'INVITED' || earlier.state === 'APPROVED';
    if (earlier.requestId === invited.requestId || (isOpen && earlier.isoId !== invited.isoId)) continue;
    const state = isOpen || earlier.state === 'PENDING' ? 'WITHDRAWN' : 'REMOVED';
    await moveAssociation(earlier, { state }, tx);
    touchRequest(ctx, earlier);
  }
  await moveAssociation(invited, { state: 'ACTIVE', userId, problem: null }, tx);
  const { isoId, name, language } = invited;
  ctx.person = await beginMembership(await meetPerson(userId, name, tx), { isoId, name, language }, tx);
  const subject = { kind: 'association', id: invited.requestId } as const;
  touchRequest(ctx, { ...invited, userId });
  ctx.touchViewer(userId);
  ctx.audit('association.join', subject);
  ctx.show({
    view: 'language',
    subject: { kind: 'person', id: userId },
    line: { key: 'association.welcome', args: { iso: iso?.name ?? '' } },
  });
}
