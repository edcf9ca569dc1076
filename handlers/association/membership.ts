import { derivedId } from '@field/kit/ids';
import {
  type Association,
  invitationsTo,
  latestAssociationOf,
  membershipOf,
  moveAssociation,
  waitingForPhone,
} from '../../models/associations.ts';
import { findIso } from '../../models/isos.ts';
import { changeMember, meetPerson } from '../../models/people.ts';
import type { Context, EventContext } from '../../src/bot/context.ts';
import { isUnheard } from '../../src/domain/association-state.ts';
import { isMember } from '../../src/domain/person-state.ts';
import { parsePhone } from '../../src/domain/phone.ts';
import { leaveBehind, takeUpAgain } from '../hand-over/leave-behind.ts';
import { showMenu } from '../menu/menu.ts';
import { inviteMember, offerInvitation, refusedAt } from './offer-invitation.ts';
import { touchRequest } from './request-cards.ts';
import { showAssociation } from './send-request.ts';
import { tellNewAdmin } from './tell-new-admin.ts';
import { welcome } from './welcome.ts';

/** DingTalk writes numbers of the Chinese mainland without their country. */
const DINGTALK_COUNTRY = 'CN';
const LOOK_AGAIN_MS = 10 * 60_000;

/**
 * `user_add_org`, `user_active_org`: an event is only a hint. DingTalk is asked who that is, so that events twice, late or crossing
 * all end in what is true now.
 */
export async function membershipChanged(ctx: EventContext): Promise<void> {
  const { userId } = ctx.person;
  const came = ctx.update.type === 'user_leave_org' ? undefined : true;
  ctx.enqueue({ kind: 'lookup', id: userId, came, intent: derivedId('lookup', userId, ctx.update.id) });
}

/** Somebody who works for no ISO wrote: an invitation may wait for them whose event never came. Asked now and then only. */
export function lookWhoThatIs(ctx: Context): void {
  const { userId } = ctx.person;
  ctx.enqueue({ kind: 'lookup', id: userId, intent: derivedId('lookup', userId, Math.floor(ctx.now / LOOK_AGAIN_MS)) });
}

/** `user_leave_org`: suspended at once, without waiting for anybody's answer; the look-up puts right an event that came late. */
export async function memberLeft(ctx: EventContext<'user_leave_org'>): Promise<void> {
  await suspend(ctx, ctx.now);
  await membershipChanged(ctx);
}

/** A look-up says that they are not in the organisation. */
export async function memberGone(ctx: EventContext<'member.gone'>): Promise<void> {
  const { askedAt } = ctx.update.facts;
  const isNews = !knownBetter(ctx, askedAt);
  await suspend(ctx, askedAt);
  // DingTalk says so itself: what waits for them waits for nobody
  if (isNews && ctx.person.state === 'SUSPENDED') await leaveBehind(ctx, ctx.person);
}

/**
 * A look-up, or an invitation of somebody who is in already, says who they are. Whoever was paused comes back to what they left. Whoever
 * just came into the organisation said yes by it to the one ISO that had invited them; of several, and where they are in the
 * organisation for whatever reason, a card asks them.
 */
export async function memberFound(ctx: EventContext<'member.found'>): Promise<void> {
  const { askedAt, mobile = '', association, came } = ctx.update.facts;
  if (knownBetter(ctx, askedAt)) return;
  const phone = parsePhone(mobile, DINGTALK_COUNTRY);
  if (ctx.person.state === 'SUSPENDED') await comeBack(ctx, phone);
  if (association !== undefined) return await inviteMember(ctx, association);
  if (phone === undefined) return;
  const waiting = await waitingForPhone(phone, ctx.tx);
  const inviting: Association[] = [];
  for (const one of waiting) {
    const unheard = isUnheard(await refusedAt(ctx, one), one.invitedAt ?? one.at);
    if (one.state !== 'PENDING' && !unheard) inviting.push(one);
  }
  const [only, ...others] = inviting;
  const saidYes = came && others.length === 0 && !isMember(ctx.person.state);
  if (only !== undefined && saidYes && wentOut(only)) return await welcome(ctx, only);
  for (const invited of inviting) await offerInvitation(ctx, invited);
  const asked = waiting.find(({ state }) => state === 'PENDING');
  if (only === undefined && asked !== undefined) await recognise(ctx, asked);
}

/** Whether the person can have answered it by coming: they asked for it themselves, or DingTalk has asked them. */
function wentOut({ state, channel, cardEnded }: Association): boolean {
  return cardEnded === undefined && (state === 'INVITED' || channel !== 'INVITE');
}

/** Asked on the public page, and in the organisation by now: the request is theirs, and approving it is all that is missing. */
async function recognise(ctx: Context, request: Association): Promise<void> {
  const { userId, state } = ctx.person;
  if (state !== 'UNKNOWN' || (await latestAssociationOf(userId, ctx.tx))?.state === 'PENDING') return;
  await meetPerson(userId, request.name, ctx.tx);
  await moveAssociation(request, { userId }, ctx.tx);
  ctx.touch({ kind: 'association', id: request.requestId });
  // somebody who never wrote is told when it is decided
  if (ctx.person.workingCard !== undefined) showAssociation(ctx);
}

async function suspend(ctx: Context, at: number): Promise<void> {
  if (knownBetter(ctx, at)) return;
  const { userId, state, isoId } = ctx.person;
  // to the ISO it goes on as if nobody had answered: who is in the organisation is no business of theirs
  for (const invited of await invitationsTo(userId, ctx.tx)) {
    await moveAssociation(invited, { userId: null, cardEnded: true }, ctx.tx);
    touchRequest(ctx, invited);
  }
  const request = await latestAssociationOf(userId, ctx.tx);
  if (state === 'UNKNOWN' && request?.state === 'PENDING') {
    await moveAssociation(request, { state: 'WITHDRAWN', decidedAt: ctx.now }, ctx.tx);
    ctx.touch({ kind: 'association', id: request.requestId });
  }
  if (!isMember(state)) return;
  ctx.person = await changeMember(ctx.person, { state: 'SUSPENDED', checkedAt: at }, ctx.tx);
  const membership = isoId === undefined ? undefined : await membershipOf(userId, isoId, ctx.tx);
  if (membership?.state === 'ACTIVE') {
    // they came by the invitation of before; the next one is another
    await moveAssociation(membership, { state: 'SUSPENDED', invitationAskedAt: null }, ctx.tx);
  }
  ctx.touchViewer(userId);
  ctx.audit('association.suspend', { kind: 'person', id: userId });
}

/**
 * Back in the organisation: at work again as before, or paused as before, role included, if the ISO's association still holds and the number is still
 * theirs (a userId can be given to somebody else). Otherwise they stay paused until an admin invites them anew.
 */
async function comeBack(ctx: EventContext<'member.found'>, phone: string | undefined): Promise<void> {
  const { userId, isoId } = ctx.person;
  if (isoId === undefined || (await findIso(isoId, ctx.tx)) === undefined) return;
  const membership = await membershipOf(userId, isoId, ctx.tx);
  const holds =
    membership === undefined
      ? // set up by an operator, who gave no number; anybody else's ended since
        (await latestAssociationOf(userId, ctx.tx)) === undefined
      : membership.state === 'SUSPENDED' && membership.phone === phone;
  if (!holds) return;
  if (membership !== undefined) await moveAssociation(membership, { state: 'ACTIVE' }, ctx.tx);
  const state = ctx.person.paused === undefined ? 'ACTIVE' : 'PAUSED';
  ctx.person = await changeMember(ctx.person, { state, checkedAt: ctx.update.facts.askedAt }, ctx.tx);
  await takeUpAgain(ctx, ctx.person);
  ctx.touchViewer(userId);
  ctx.audit('association.comeBack', { kind: 'person', id: userId });
  // who is paused meanwhile reads that, on every card that there is
  if (state !== 'ACTIVE') return;
  showMenu(ctx, { key: 'association.back' });
  if (ctx.person.role === 'ADMIN') await tellNewAdmin(ctx, { userId, isoId });
}

/** Whether something newer is known of the person than what was true `at` that time, by `clock.now()`. */
function knownBetter(ctx: Context, at: number): boolean {
  return ctx.person.checkedAt !== undefined && ctx.person.checkedAt > at;
}
