import type { InvitationsModel } from '../../cards/association/invitations.ts';
import { type Association, findAssociation, invitationsTo, refusalsOf } from '../../models/associations.ts';
import { findIso } from '../../models/isos.ts';
import { findPerson, type Person } from '../../models/people.ts';
import type { Reads } from '../../models/single-write.ts';
import { type LoadCard, OLD_CARD } from '../../src/delivery/render-cards.ts';
import { isUnheard } from '../../src/domain/association-state.ts';
import { forAdmins } from '../team/for-admins.ts';
import { isLastAdmin } from './last-admin.ts';

/** Who invites this person, the first of them first; or what became of the last invitation. */
export const loadInvitations: LoadCard = async (card, viewer, now, seen) => {
  // the admin of another ISO has nothing to read here
  if (card.subject.id !== viewer.userId) return OLD_CARD;
  return await invitationsOf(viewer, await invitationsTo(viewer.userId), now, seen);
};

/** The same as a face of the person's own working card. */
export async function invitationsOf(
  viewer: Person,
  invited: readonly Association[],
  now: number,
  seen?: Reads,
): ReturnType<LoadCard> {
  const [open, iso, refused] = await Promise.all([
    Promise.all(invited.map((one) => invitationModel(one, seen))),
    viewer.isoId === undefined ? undefined : findIso(viewer.isoId, seen),
    refusedIso(viewer, now, seen),
  ]);
  const model: InvitationsModel = { open, works: iso?.name, refused };
  return { name: 'association.invitations', model, version: 0 };
}

async function invitationModel({ requestId, version, isoId, decidedBy }: Association, seen: Reads | undefined) {
  const [iso, admin] = await Promise.all([
    findIso(isoId, seen),
    decidedBy === undefined ? undefined : findPerson(decidedBy),
  ]);
  return { requestId, version, iso: iso?.name ?? '', admin: admin?.name ?? '' };
}

async function refusedIso({ userId }: Person, now: number, seen: Reads | undefined): Promise<string | undefined> {
  const [last] = await refusalsOf({ userId });
  return last !== undefined && isUnheard(last.refusedAt, now) ? (await findIso(last.isoId, seen))?.name : undefined;
}

/** *Leave … and join …?* */
export const loadMove: LoadCard = async ({ subject }, viewer, now, seen) => {
  const invited = await findAssociation(subject.id, seen);
  if (invited?.userId !== viewer.userId || invited.state !== 'INVITED' || viewer.isoId === undefined) {
    return await invitationsOf(viewer, await invitationsTo(viewer.userId), now, seen);
  }
  const [from, to, lastAdmin] = await Promise.all([
    findIso(viewer.isoId, seen),
    invitationModel(invited, seen),
    isLastAdmin(viewer),
  ]);
  return {
    name: 'association.move',
    model: { ...to, from: from?.name ?? '', lastAdmin },
    version: invited.version,
  };
};

/** Somebody has left this admin's ISO. */
export const loadLeft = forAdmins(async ({ subject }, _viewer, isoId) => {
  const iso = await findIso(isoId);
  const name = subject.kind === 'association' ? await nameOf(subject.id, isoId) : await formerName(subject.id, isoId);
  return name === undefined ? OLD_CARD : { name: 'team.left', model: { name, iso: iso?.name ?? '' }, version: 0 };
});

async function nameOf(requestId: string, isoId: string): Promise<string | undefined> {
  const association = await findAssociation(requestId);
  return association?.isoId === isoId ? association.name : undefined;
}

/** Of somebody whom an operator had put there: what they are called at another ISO by now is no business of this one. */
async function formerName(userId: string, isoId: string): Promise<string | undefined> {
  const person = await findPerson(userId);
  if (person?.formerIso?.isoId !== isoId) return undefined;
  return person.isoId === undefined ? person.name : '';
}
