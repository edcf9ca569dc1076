import type { AdminRequestModel } from '../../cards/association/request.ts';
import {
  type Association,
  findAssociation,
  invitationsTo,
  latestAssociationOf,
  liveByPhones,
} from '../../models/associations.ts';
import type { Card } from '../../models/cards.ts';
import { findIso } from '../../models/isos.ts';
import { adminsOf, findPerson, type Person } from '../../models/people.ts';
import type { Seen } from '../../models/read-ahead.ts';
import { type LoadCard, OLD_CARD } from '../../src/delivery/render-cards.ts';
import { seenState } from '../../src/domain/association-state.ts';
import { isOneOf } from '../../src/domain/who.ts';
import { loadMenu } from '../menu/load-cards.ts';
import { invitationsOf } from './load-invitations.ts';

/** A person's way into an ISO: the form, *Request sent*, or *Not approved* until they try again; the menu once they are in. */
export const loadAssociation: LoadCard = async (card, viewer, now, seen) => {
  if (viewer.state === 'ACTIVE') return await loadMenu(card, viewer, now, seen);
  const [request, invited] = await Promise.all([latestAssociationOf(viewer.userId), invitationsTo(viewer.userId)]);
  // approved is not said before they are invited, which a moment later is
  if (request?.state === 'PENDING' || request?.state === 'APPROVED') {
    const isoEmail = request.askedEmail ?? (await findIso(request.isoId, seen))?.email ?? '';
    return { name: 'association.sent', model: { isoEmail }, version: request.version };
  }
  if (invited.length > 0 && viewer.typed === undefined) return await invitationsOf(viewer, invited, now, seen);
  if (request?.state === 'REJECTED' && viewer.typed === undefined) {
    const { reason } = request;
    return { name: 'association.rejected', model: reason ? { reason } : {}, version: request.version };
  }
  if (viewer.typed === undefined && isOneOf(viewer, 'formerly', now)) return await loadFormer(viewer, seen);
  return {
    name: 'association.join',
    model: {
      values: { name: viewer.name, ...viewer.typed?.values },
      problems: viewer.typed?.problems,
    },
    version: 0,
  };
};

/** Until when they read their own results, and whom they can ask. */
export async function loadFormer({ userId, formerIso }: Person, seen?: Seen): ReturnType<LoadCard> {
  if (formerIso === undefined) return OLD_CARD;
  const { isoId, until } = formerIso;
  const [iso, admins] = await Promise.all([findIso(isoId, seen), adminsOf(isoId)]);
  const admin = admins.find((one) => one.userId !== userId);
  const model = { iso: iso?.name ?? '', admin: admin?.name, until, timeZone: iso?.timeZone ?? 'UTC' };
  return { name: 'association.former', model, version: 0 };
}

/** Asks an admin for the reason; `why` after it was left out. */
export async function loadReject(card: Card, viewer: Person, why = false): ReturnType<LoadCard> {
  return await loadRequest(card, viewer, {
    askingReason: true,
    problems: why ? [{ field: 'reason', code: 'reasonMissing' }] : undefined,
  });
}

/** *Your access is paused*, with whom to ask: not themselves, if they are an admin; on the working card also the way out of the ISO. */
export async function loadSuspended({ kind, line }: Card, viewer: Person): ReturnType<LoadCard> {
  const { isoId, userId, state } = viewer;
  const [admins, leaves] = await Promise.all([
    isoId === undefined ? [] : adminsOf(isoId),
    kind === 'working' && state === 'PAUSED' && isoId !== undefined ? findIso(isoId) : undefined,
  ]);
  const admin = admins.find((one) => one.userId !== userId);
  const model = { kind: 'suspended', name: admin?.name, leaves: leaves?.name } as const;
  // what else was said on the card before is not so now
  return { name: 'notice', model, version: 0, line: line?.key === 'notice.suspended.kept' ? line : null };
}

/** The request as an admin sees it. */
export async function loadRequest(
  card: Card,
  viewer: Person,
  more: Pick<AdminRequestModel, 'askingReason' | 'problems' | 'back'> = {},
  seen?: Seen,
): ReturnType<LoadCard> {
  const [request, iso] = await Promise.all([findAssociation(card.subject.id, seen), findIso(viewer.isoId ?? '', seen)]);
  if (request === undefined || request.isoId !== viewer.isoId || viewer.role !== 'ADMIN') {
    return OLD_CARD;
  }
  const { name, phone, channel, at, state, decidedBy, decidedAt, reason, problem, version } = request;
  const [decider, alsoHas] = await Promise.all([
    decidedBy === undefined ? undefined : findPerson(decidedBy),
    state === 'PENDING' ? whoElseHas(request) : undefined,
  ]);
  return {
    name: 'association.request',
    model: {
      name,
      phone,
      channel,
      at,
      state: seenState(state),
      timeZone: iso?.timeZone ?? 'UTC',
      decidedBy: decider?.name,
      decidedAt,
      reason,
      problem,
      alsoHas,
      ...more,
    },
    version,
  };
}

/** Somebody of this ISO, or whom it invites, with the number of this request: the admin decides whose it is. */
async function whoElseHas({ requestId, isoId, phone }: Association): Promise<string | undefined> {
  const live = await liveByPhones(isoId, [phone]);
  return live.find((one) => one.requestId !== requestId)?.name;
}
