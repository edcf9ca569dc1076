import { findIso, type Iso, renewJoinToken } from '../../models/isos.ts';
import type { TapContext } from '../../src/bot/context.ts';
import type { VersionedSubject } from '../../src/bot/tap-subject.ts';
import { forAdmins } from './for-admins.ts';

/** The QR code of this admin's ISO, as the card showed it: tapped twice, it is renewed once. */
export const OWN_CODE: VersionedSubject<Iso> = {
  async load({ person, update, tx }) {
    const { subject } = update.params;
    const isOwn = subject?.kind === 'person' && subject.id === person.userId;
    return isOwn && person.isoId !== undefined ? await findIso(person.isoId, tx) : undefined;
  },
  mayUse: ({ isoId }, iso) => iso.isoId === isoId,
  versionOf: codeVersion,
  refuse: () => undefined,
};

/** Asks whether the code on the walls is to end. */
export async function openRenewPoster(ctx: TapContext): Promise<void> {
  ctx.show({ view: 'team.renewPoster', subject: { kind: 'person', id: ctx.person.userId } });
}

/** The ISO's QR code is another one from now on; the old one leads to no ISO. */
export async function renewPoster(ctx: TapContext, { isoId }: Iso): Promise<void> {
  await renewJoinToken(isoId, ctx.ids.token(), ctx.tx);
  ctx.audit('iso.renewCode', { kind: 'person', id: ctx.person.userId });
  const line = { key: 'renew.done' } as const;
  ctx.show({ view: 'team.poster', subject: { kind: 'person', id: ctx.person.userId }, line });
}

export const loadRenewPoster = forAdmins(async (_card, _viewer, isoId) => {
  const iso = await findIso(isoId);
  return { name: 'team.renewPoster', model: {}, version: iso === undefined ? 0 : codeVersion(iso) };
});

/** A number that tells one code from the next. */
function codeVersion({ joinToken }: Iso): number {
  return Number.parseInt(joinToken.slice(0, 8), 16) || 0;
}
