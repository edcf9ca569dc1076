import { membershipOf } from '../../models/associations.ts';
import { findIso } from '../../models/isos.ts';
import { type Person, teamOf } from '../../models/people.ts';
import { readAll } from '../../models/read-together.ts';
import type { TapContext } from '../../src/bot/context.ts';
import type { VersionedSubject } from '../../src/bot/tap-subject.ts';
import { type LoadCard, OLD_CARD } from '../../src/delivery/render-cards.ts';
import { readWhatIsLeft } from '../hand-over/leave-behind.ts';
import { isLastAdmin, mustStayAdmin } from './last-admin.ts';
import { leaveIso } from './leave-iso.ts';
import { showAssociation } from './send-request.ts';

/** Whoever taps, as their own membership: a card that was drawn before it changed does nothing. */
export const OWN_MEMBERSHIP: VersionedSubject<Person> = {
  async load({ person, update }) {
    const { subject } = update.params;
    return subject?.kind === 'person' && subject.id === person.userId ? person : undefined;
  },
  mayUse: ({ userId }, { userId: whose }) => userId === whose,
  versionOf: ({ changes = 0 }) => changes,
  refuse: () => undefined,
};

/** `Leave …`, from Help. */
export async function askToLeave(ctx: TapContext): Promise<void> {
  ctx.show({ view: 'association.leave', subject: { kind: 'person', id: ctx.person.userId } });
}

/** Asked once more. */
export async function askToLeaveAgain(ctx: TapContext): Promise<void> {
  ctx.show({ view: 'association.leaveSure', subject: { kind: 'person', id: ctx.person.userId } });
}

/** Leaves the ISO. Never the last admin of one. */
export async function leaveByWish(ctx: TapContext): Promise<void> {
  const { userId, isoId = '', role } = ctx.person;
  await readAll(
    () => readWhatIsLeft(ctx, ctx.person, isoId),
    () => membershipOf(userId, isoId, ctx.tx),
    async () => (role === 'SUPERVISOR' ? await teamOf(userId, isoId, ctx.tx) : []),
  );
  if (await mustStayAdmin(ctx.person, ctx.tx)) return;
  const iso = ctx.person.isoId === undefined ? undefined : await findIso(ctx.person.isoId, ctx.tx);
  await leaveIso(ctx);
  showAssociation(ctx, { key: 'leave.done', args: { iso: iso?.name ?? '' } });
}

/** *Leave your ISO?*, or the same once more. */
export function loadLeave(again: boolean): LoadCard {
  return async (_card, viewer) => {
    const iso = viewer.isoId === undefined ? undefined : await findIso(viewer.isoId);
    if (iso === undefined) return OLD_CARD;
    const model = { iso: iso.name, lastAdmin: await isLastAdmin(viewer), again };
    return { name: 'association.leave', model, version: viewer.changes ?? 0 };
  };
}
