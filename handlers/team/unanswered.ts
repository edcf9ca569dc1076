import { type Association, unansweredSince } from '../../models/associations.ts';
import type { CardLine } from '../../models/cards.ts';
import { findIso, type Iso } from '../../models/isos.ts';
import { readAll } from '../../models/read-together.ts';
import { readRequests } from '../../models/requests-with-people.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { OLD_CARD } from '../../src/delivery/render-cards.ts';
import { isUnanswered, UNANSWERED_AFTER_MS } from '../../src/domain/unanswered-invitations.ts';
import { APPROVED_AT_ONCE } from './approve-all.ts';
import { forAdmins } from './for-admins.ts';
import { claimInvitationsToday, invitationsToday, wentOutToday } from './invitations-today.ts';
import { invitedAnew, sendAgain } from './open-invitations.ts';

/** As many as the record has by name. */
const NAMED = 2;
const [SOONEST_MS] = UNANSWERED_AFTER_MS;

/** Those who were invited and have not come, with ticks, and words to forward. */
export async function openUnanswered(ctx: TapContext): Promise<void> {
  ctx.show({ view: 'team.unanswered', subject: { kind: 'person', id: ctx.person.userId } });
}

/** Sends to those with a tick again, as many as may be sent to today; who has come meanwhile is left alone. */
export async function sendTickedAgain(ctx: TapContext): Promise<void> {
  const { isoId } = ctx.person;
  const iso = isoId === undefined ? undefined : await findIso(isoId, ctx.tx);
  if (iso === undefined) return;
  const { who } = ctx.update.params.form ?? {};
  const ticked = [...new Set(typeof who === 'string' ? [who] : (who ?? []))].slice(0, APPROVED_AT_ONCE);
  const [named] = await readAll(
    () => readRequests(ticked, ctx.tx),
    () => invitationsToday(iso, ctx.now, ctx.tx),
  );
  const waiting = named.filter((one) => one.isoId === iso.isoId && waits(one, iso, ctx.now));
  const anew = await readAll(...waiting.map((one) => () => invitedAnew(ctx, one)));
  const wanted = waiting.filter((_, place) => !anew[place]);
  if (wanted.length === 0) return await openUnanswered(ctx);
  const { left, limit } = await claimInvitationsToday(iso, ctx.now, ctx.tx);
  const now = wanted.slice(0, left);
  for (const found of now) await sendAgain(ctx, found);
  const count = now.length;
  const line: CardLine =
    count === 0 ? { key: 'invite.noneLeft', args: { limit } } : { key: 'unanswered.sent', args: { count } };
  ctx.show({ view: 'team.unanswered', subject: { kind: 'person', id: ctx.person.userId }, line });
}

/** The record that each admin gets after two days and after seven. */
export const loadUnanswered = forAdmins(async (_card, _viewer, isoId, now) => {
  const iso = await findIso(isoId);
  const rows = iso === undefined ? [] : await waitingLong(iso, now);
  const names = rows.slice(0, NAMED).map(({ name }) => name);
  const count = rows.length;
  return { name: 'association.unanswered', model: { names, count }, version: count, isOver: count === 0 };
});

export const loadUnansweredList = forAdmins(async (_card, _viewer, isoId, now) => {
  const iso = await findIso(isoId);
  if (iso === undefined) return OLD_CARD;
  const [all, today] = await Promise.all([waitingLong(iso, now), invitationsToday(iso, now)]);
  const rows = all
    .slice(0, APPROVED_AT_ONCE)
    .map(({ requestId, name, phone, invitedAt = 0 }) => ({ requestId, name, phone, at: invitedAt }));
  const model = { iso: iso.name, rows, count: all.length, today, timeZone: iso.timeZone };
  return { name: 'team.unanswered', model, version: 0 };
});

async function waitingLong(iso: Iso, now: number): Promise<readonly Association[]> {
  const open = await unansweredSince(iso.isoId, { upTo: now - SOONEST_MS });
  return open.filter((one) => waits(one, iso, now));
}

/** An invitation that did not go out has a reason, and stands on a card of its own. */
function waits(one: Association, iso: Iso, now: number): boolean {
  return isUnanswered(one.state) && one.problem === undefined && !wentOutToday(one, iso, now);
}
