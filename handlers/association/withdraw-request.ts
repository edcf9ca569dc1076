import { present } from '@field/kit/present';
import { type Association, latestAssociationOf, moveAssociation } from '../../models/associations.ts';
import { findIso } from '../../models/isos.ts';
import { changePerson } from '../../models/people.ts';
import type { TapContext } from '../../src/bot/context.ts';
import type { TapSubject, VersionedSubject } from '../../src/bot/tap-subject.ts';
import { touchRequest } from './request-cards.ts';
import { showAssociation } from './send-request.ts';

/** What this person asked for last, while it can be taken back. */
export const OPEN_REQUEST: VersionedSubject<Association> = {
  load: ({ person, tx }) => latestAssociationOf(person.userId, tx),
  mayUse: ({ userId }, request) => request.userId === userId,
  isOpen: (_ctx, { state }) => state === 'PENDING',
  versionOf: ({ version }) => version,
  refuse: (ctx) => showAssociation(ctx),
};

/** What this person asked for last, once it was turned down. */
export const REJECTED_REQUEST: TapSubject<Association> = {
  ...OPEN_REQUEST,
  isOpen: (_ctx, { state }) => state === 'REJECTED',
};

/** The person takes an open request back; the admins' cards say so. */
export async function withdrawRequest(ctx: TapContext, request: Association): Promise<void> {
  await moveAssociation(request, { state: 'WITHDRAWN', decidedAt: ctx.now }, ctx.tx);
  touchRequest(ctx, request);
  ctx.audit('association.withdraw', { kind: 'association', id: request.requestId });
  await requestAgain(ctx, request);
}

/** The form again, with what was sent the last time. */
export async function requestAgain(ctx: TapContext, request: Association): Promise<void> {
  await fillInAgain(ctx, request);
  showAssociation(ctx);
}

/** `Join an ISO`: the form, for somebody who worked for one. */
export async function openJoinForm(ctx: TapContext): Promise<void> {
  if (ctx.person.state !== 'UNKNOWN') return showAssociation(ctx);
  ctx.person = await changePerson(ctx.person.userId, { typed: { values: {}, problems: [] } }, ctx.tx);
  showAssociation(ctx);
}

async function fillInAgain(ctx: TapContext, { isoId, askedEmail, name, phone }: Association): Promise<void> {
  const isoEmail = askedEmail ?? (await findIso(isoId, ctx.tx))?.email;
  const values = present({ isoEmail, name, phone });
  ctx.person = await changePerson(ctx.person.userId, { typed: { values, problems: [] } }, ctx.tx);
}
