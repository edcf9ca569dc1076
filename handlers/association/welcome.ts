import { type Association, liveAssociationsOf, moveAssociation } from '../../models/associations.ts';
import { changeDraft, openDraftsOf } from '../../models/drafts.ts';
import { findIso } from '../../models/isos.ts';
import { meetPerson } from '../../models/people.ts';
import type { EventContext } from '../../src/bot/context.ts';
import { beginMembership } from './begin-membership.ts';

/** Somebody who was invited is in the organisation: associated, welcomed, asked for a language (the product list follows it). */
export async function welcome(ctx: EventContext, invited: Association): Promise<void> {
  const { tx } = ctx;
  const { userId } = ctx.person;
  for (const earlier of await liveAssociationsOf(userId, tx)) {
    await moveAssociation(earlier, { state: earlier.state === 'PENDING' ? 'WITHDRAWN' : 'REMOVED' }, tx);
    ctx.touch({ kind: 'association', id: earlier.requestId });
  }
  await leaveDraftsBehind(ctx, invited.isoId);
  await moveAssociation(invited, { state: 'ACTIVE', userId, problem: null }, tx);
  const { isoId, name, language } = invited;
  ctx.person = await beginMembership(await meetPerson(userId, name, tx), { isoId, name, language }, tx);
  const iso = await findIso(isoId, tx);
  const subject = { kind: 'association', id: invited.requestId } as const;
  ctx.touch(subject);
  ctx.touchViewer(userId);
  ctx.audit('association.join', subject);
  ctx.show({
    view: 'language',
    subject: { kind: 'person', id: userId },
    line: { key: 'association.welcome', args: { iso: iso?.name ?? '' } },
  });
}

/** What was begun for another ISO stays that ISO's: nobody submits it for them from here (domain A.12-15). */
async function leaveDraftsBehind(ctx: EventContext, isoId: string): Promise<void> {
  for (const stored of await openDraftsOf(ctx.person.userId, ctx.tx)) {
    if (stored.isoId !== isoId) await changeDraft(stored, { state: 'DISCARDED', updatedAt: ctx.now }, ctx.tx);
  }
}
