import { type Association, findAssociation, membershipOf, moveAssociation } from '../../models/associations.ts';
import { readAll } from '../../models/read-together.ts';
import type { TapContext } from '../../src/bot/context.ts';
import type { VersionedSubject } from '../../src/bot/tap-subject.ts';
import { readWhatIsLeft } from '../hand-over/leave-behind.ts';
import { mustStayAdmin } from './last-admin.ts';
import { invitationsSubject } from './offer-invitation.ts';
import { touchRequest } from './request-cards.ts';
import { welcome } from './welcome.ts';

/** An invitation that this person has on a card, and that is still open; it may have been taken back meanwhile. */
export const INVITATION_TO_ME: VersionedSubject<Association> = {
  async load({ update, tx }) {
    const { association } = update.params.extra;
    return association === undefined ? undefined : await findAssociation(association, tx);
  },
  mayUse: ({ userId }, invited) => invited.userId === userId,
  isOpen: (_ctx, { state }) => state === 'INVITED',
  versionOf: ({ version }) => version,
  seenIn: ({ extra }) => (extra.seen === undefined ? undefined : Number(extra.seen)),
  refuse: (ctx) => ctx.touch(invitationsSubject(ctx.person.userId)),
};

/** `Join`. Who works for another ISO leaves that one by it, and is asked once more. */
export async function acceptInvitation(ctx: TapContext, invited: Association): Promise<void> {
  if (ctx.person.isoId === undefined) return await welcome(ctx, invited);
  ctx.show({ view: 'association.move', subject: { kind: 'association', id: invited.requestId } });
}

/** `Leave and join`: said once more. Never the last admin of an ISO. */
export async function moveToIso(ctx: TapContext, invited: Association): Promise<void> {
  const { userId, isoId } = ctx.person;
  if (isoId !== undefined)
    await readAll(
      () => readWhatIsLeft(ctx, ctx.person, isoId),
      () => membershipOf(userId, isoId, ctx.tx),
    );
  if (await mustStayAdmin(ctx.person, ctx.tx)) return;
  await welcome(ctx, invited);
}

/** `No`: that ISO's invitations to this person and number go nowhere for a while, and it is not told. */
export async function refuseInvitation(ctx: TapContext, invited: Association): Promise<void> {
  await moveAssociation(invited, { state: 'REFUSED', refusedAt: ctx.now }, ctx.tx);
  touchRequest(ctx, invited);
  ctx.audit('association.refuse', { kind: 'association', id: invited.requestId });
}
