import { type Association, findAssociation, liveByPhones, moveAssociation } from '../../models/associations.ts';
import type { CardLine } from '../../models/cards.ts';
import { findIso } from '../../models/isos.ts';
import { readAll } from '../../models/read-together.ts';
import type { TapContext } from '../../src/bot/context.ts';
import type { VersionedSubject } from '../../src/bot/tap-subject.ts';
import { isInvitable } from '../../src/domain/association-state.ts';
import type { Audited } from '../../src/domain/audited.ts';
import { enqueueInvitation } from '../association/invitations.ts';
import { touchRequest } from '../association/request-cards.ts';
import { claimInvitationsToday, invitationsToday, wentOutToday } from './invitations-today.ts';

/** An invitation of this admin's ISO, or a request that became one. In any case the card is redrawn as it is now. */
export const INVITATION_OF_OWN_ISO: VersionedSubject<Association> = {
  async load({ update, tx }) {
    const { subject } = update.params;
    return subject?.kind === 'association' ? await findAssociation(subject.id, tx) : undefined;
  },
  mayUse: ({ isoId }, found) => found.isoId === isoId,
  isOpen: (_ctx, { decidedBy }) => decidedBy !== undefined,
  versionOf: ({ version }) => version,
  refuse: () => undefined,
};

/** Sends an invitation again: one that did not go out, was not answered, or has expired. */
export async function resendInvitation(ctx: TapContext, found: Association): Promise<void> {
  if (!isInvitable(found.state)) return;
  const iso = await findIso(found.isoId, ctx.tx);
  if (iso === undefined) return;
  const [isAnother] = await readAll(
    () => invitedAnew(ctx, found),
    () => invitationsToday(iso, ctx.now, ctx.tx),
  );
  if (isAnother) return;
  if (wentOutToday(found, iso, ctx.now)) return say(ctx, found, { key: 'invite.sentToday' });
  const { left, limit } = await claimInvitationsToday(iso, ctx.now, ctx.tx);
  if (left === 0) return say(ctx, found, { key: 'invite.noneLeft', args: { limit } });
  await sendAgain(ctx, found);
}

/** Another one was made for that number meanwhile: that one counts. */
export async function invitedAnew({ tx }: TapContext, { requestId, isoId, phone }: Association): Promise<boolean> {
  return (await liveByPhones(isoId, [phone], tx)).some((one) => one.requestId !== requestId);
}

/** Asks DingTalk for it once more, whatever became of it before. */
export async function sendAgain(ctx: TapContext, found: Association): Promise<void> {
  const again = { invitations: found.invitations + 1, invitationAskedAt: ctx.now, problem: null };
  enqueueInvitation(ctx, await moveAssociation(found, again, ctx.tx));
  redrawAndAudit(ctx, found, 'association.resend');
}

function say(ctx: TapContext, { requestId }: Association, line: CardLine): void {
  ctx.show({ view: 'team.person', subject: { kind: 'association', id: requestId }, line });
}

/** Takes an invitation back that was not accepted yet: joining the organisation then associates with nobody. */
export async function takeInvitationBack(ctx: TapContext, found: Association): Promise<void> {
  if (!['APPROVED', 'INVITED', 'REFUSED'].includes(found.state)) return;
  await moveAssociation(found, { state: 'WITHDRAWN', problem: null }, ctx.tx);
  redrawAndAudit(ctx, found, 'association.takeBack');
}

function redrawAndAudit(ctx: TapContext, found: Association, what: Audited): void {
  touchRequest(ctx, found);
  ctx.audit(what, { kind: 'association', id: found.requestId });
}
