import { derivedId } from '@field/kit/ids';
import {
  type Association,
  addAssociations,
  findAssociation,
  invitationsTo,
  liveByPhones,
  membershipOf,
  moveAssociation,
  refusalsOf,
} from '../../models/associations.ts';
import { findIso } from '../../models/isos.ts';
import { changePerson, meetPerson } from '../../models/people.ts';
import type { Context, EventContext } from '../../src/bot/context.ts';
import { isUnheard } from '../../src/domain/association-state.ts';
import { isMember } from '../../src/domain/person-state.ts';
import type { Subject } from '../../src/platform/subject.ts';
import { leaveIso } from './leave-iso.ts';
import { touchRequest } from './request-cards.ts';
import { welcome } from './welcome.ts';

/** A card further up than this is no longer looked at: what is new is said on another one. */
const CARD_KEPT_MS = 12 * 3_600_000;

/** The subject of the card that has a person's invitations. */
export function invitationsSubject(userId: string): Subject {
  return { kind: 'invitations', id: userId };
}

/**
 * An invitation was to go out, and DingTalk says that its number is in the organisation already, under this person's userId. They are
 * asked on a card; nothing else changes until they say yes (domain A.12-22).
 */
export async function inviteMember(ctx: EventContext<'member.found'>, requestId: string): Promise<void> {
  const found = await findAssociation(requestId, ctx.tx);
  if (found === undefined) return;
  switch (found.state) {
    case 'APPROVED':
    case 'INVITED':
    case 'REFUSED':
      return await offerInvitation(ctx, found);
    case 'EXPIRED':
      if ((await liveByPhones(found.isoId, [found.phone], ctx.tx)).length === 0) await offerInvitation(ctx, found);
      return;
    case 'SUSPENDED':
      if (found.userId !== ctx.person.userId) await offerInvitation(ctx, await forWhoHasTheNumberNow(ctx, found));
  }
}

/** Asks this person on a card. To the ISO it looks as if DingTalk had asked somebody outside. */
export async function offerInvitation(ctx: EventContext, invited: Association): Promise<void> {
  const { userId, isoId } = ctx.person;
  if (isoId === invited.isoId && isMember(ctx.person.state)) return await alreadyAtWork(ctx, invited);
  const known = await membershipOf(userId, invited.isoId, ctx.tx);
  // both have said yes
  if (known?.state === 'PENDING' && ctx.person.state === 'UNKNOWN') return await welcome(ctx, invited);
  const unheard = isUnheard(await refusedAt(ctx, invited), ctx.now);
  const sent = { invitedAt: ctx.now, problem: null };
  const other = known !== undefined && known.requestId !== invited.requestId && known.state !== 'SUSPENDED';
  if (unheard || other) {
    const state = invited.state === 'REFUSED' ? 'REFUSED' : 'INVITED';
    await moveAssociation(invited, { state, ...sent }, ctx.tx);
    return touchRequest(ctx, invited);
  }
  // whoever is in the organisation and yet paused is not the one whom their ISO knew
  if (ctx.person.state === 'SUSPENDED') await leaveIso(ctx);
  const before = await invitationsTo(userId, ctx.tx);
  const offered = await moveAssociation(invited, { state: 'INVITED', userId, cardEnded: null, ...sent }, ctx.tx);
  await meet(ctx, offered);
  touchRequest(ctx, offered);
  // it shows a request that is decided by now
  if (ctx.person.state === 'UNKNOWN' && ctx.card?.formOpen === false) ctx.touchViewer(userId);
  ctx.audit('association.offer', { kind: 'association', id: offered.requestId });
  const hasCard = before.some(
    ({ requestId, invitedAt = 0 }) => requestId !== offered.requestId && ctx.now - invitedAt < CARD_KEPT_MS,
  );
  if (hasCard) return;
  ctx.send({
    intent: derivedId('invitations', offered.requestId, offered.version, userId),
    to: userId,
    kind: 'record',
    view: 'association.invitations',
    subject: invitationsSubject(userId),
  });
}

/** When this person, or whoever had this number, said no to that ISO last, by `clock.now()`; undefined for never. */
export async function refusedAt(ctx: Context, { isoId, phone }: Association): Promise<number | undefined> {
  const refusals = await refusalsOf({ userId: ctx.person.userId, phone }, ctx.tx);
  return refusals.find((refused) => refused.isoId === isoId)?.refusedAt;
}

/** Somebody who never wrote reads the first card in their ISO's language, as nobody knows theirs. */
async function meet(ctx: Context, { isoId }: Association): Promise<void> {
  const { userId, language } = ctx.person;
  ctx.person = await meetPerson(userId, '', ctx.tx);
  if (language !== undefined) return;
  const iso = await findIso(isoId, ctx.tx);
  ctx.person = await changePerson(userId, { language: iso?.language }, ctx.tx);
}

/** The number that was invited belongs to somebody who works here already. */
async function alreadyAtWork(ctx: Context, invited: Association): Promise<void> {
  const { userId } = ctx.person;
  const membership = await membershipOf(userId, invited.isoId, ctx.tx);
  if (membership === undefined) {
    await moveAssociation(invited, { state: 'ACTIVE', userId, problem: null }, ctx.tx);
  } else if (membership.requestId !== invited.requestId) {
    await moveAssociation(invited, { state: 'WITHDRAWN', reason: 'ALREADY_IN', problem: null }, ctx.tx);
  }
  touchRequest(ctx, invited);
  ctx.audit('association.atWorkAlready', { kind: 'association', id: invited.requestId });
}

/** Whoever left was invited back, and their number is somebody else's by now: who has it is invited as anybody is. */
async function forWhoHasTheNumberNow(ctx: Context, left: Association): Promise<Association> {
  await moveAssociation(left, { state: 'REMOVED' }, ctx.tx);
  touchRequest(ctx, left);
  const { isoId, name, phone, decidedBy } = left;
  const requestId = ctx.ids.next();
  const asked = { requestId, isoId, name, phone, channel: 'INVITE', at: ctx.now, approvedBy: decidedBy } as const;
  await addAssociations([asked], ctx.tx);
  return { ...asked, version: 1, state: 'APPROVED', invitations: 1, decidedBy, decidedAt: ctx.now };
}
