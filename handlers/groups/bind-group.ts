import { DAY_MS } from '@field/kit/calendar';
import { derivedId } from '@field/kit/ids';
import { changeGroup, findGroup, type Group } from '../../models/groups.ts';
import { dropSeries } from '../../models/outbox.ts';
import { seriesOf } from '../../models/wanted.ts';
import type { TapContext } from '../../src/bot/context.ts';
import type { VersionedSubject } from '../../src/bot/tap-subject.ts';
import type { Audited } from '../../src/domain/audited.ts';
import { DIGEST_HOURS } from '../../src/domain/digest-time.ts';
import { isLanguage } from '../../src/domain/languages.ts';

/**
 * The group of the tapped card, for an admin of its ISO (domain A.12-14). Everybody in the group sees the buttons, so anyone else is told
 * in their own chat whose they are.
 */
export const GROUP_OF_ADMIN: VersionedSubject<Group> = {
  async load({ update, card, tx }) {
    const { subject } = update.params;
    return subject?.kind === 'group' && subject.id === card?.viewer ? await findGroup(subject.id, tx) : undefined;
  },
  mayUse: ({ role, isoId }, group) => role === 'ADMIN' && isoId === group.isoId,
  versionOf: ({ version }) => version,
  refuse({ card, person, now, send }, { why }) {
    if (why !== 'foreign') return;
    const { userId } = person;
    // once a day and group: anybody can ask for it, and each costs a call
    send({
      intent: derivedId('group.adminOnly', userId, card?.viewer ?? '', Math.floor(now / DAY_MS)),
      once: true,
      to: userId,
      kind: 'line',
      view: 'line',
      subject: { kind: 'person', id: userId },
      line: { key: 'group.adminOnly' },
    });
  },
};

/** `Yes, send it here`: from now on the group gets the digest. */
export async function bindGroup(ctx: TapContext, group: Group): Promise<void> {
  if (group.state !== 'ASKED') return;
  await changeGroup(group, { state: 'BOUND', by: ctx.person.userId, at: ctx.now, declinedAt: null }, ctx.tx);
  changed(ctx, group, 'group.bind');
}

/** `No`: nobody is asked again before somebody mentions the bot. */
export async function declineGroup(ctx: TapContext, group: Group): Promise<void> {
  if (group.state !== 'ASKED') return;
  await changeGroup(group, { by: ctx.person.userId, at: ctx.now, declinedAt: ctx.now }, ctx.tx);
  changed(ctx, group, 'group.decline');
}

/** `Stop`: the group gets nothing any more. */
export async function unbindGroup(ctx: TapContext, group: Group): Promise<void> {
  if (group.state !== 'BOUND') return;
  await changeGroup(group, { state: 'ASKED', by: ctx.person.userId, at: ctx.now }, ctx.tx);
  await dropSeries(seriesOf('digest', group.openConversationId), ctx.tx);
  changed(ctx, group, 'group.unbind');
}

/** From which hour of the day on the digest comes; none: as soon as there is one. */
export async function chooseDigestHour(ctx: TapContext, group: Group): Promise<void> {
  const { hour } = ctx.update.params.extra;
  const chosen = DIGEST_HOURS.find((one) => String(one) === hour);
  if (chosen === undefined && hour !== '') return;
  await changeGroup(group, { hour: chosen ?? null }, ctx.tx);
  changed(ctx, group, 'group.hour');
}

/** Whether it comes only at the hours, and on the days, at which people may be told. */
export async function chooseQuietHours(ctx: TapContext, group: Group): Promise<void> {
  await changeGroup(group, { quiet: ctx.update.params.extra.quiet === 'yes' ? true : null }, ctx.tx);
  changed(ctx, group, 'group.quiet');
}

/** The language of everything that the bot says in the group; none: the card lists them. */
export async function chooseGroupLanguage(ctx: TapContext, group: Group): Promise<void> {
  const { language } = ctx.update.params.extra;
  if (language === '') {
    await changeGroup(group, { choosing: true }, ctx.tx);
    return ctx.touch({ kind: 'group', id: group.openConversationId });
  }
  if (!isLanguage(language)) return;
  await changeGroup(group, { language, choosing: null }, ctx.tx);
  changed(ctx, group, 'group.language');
}

/** Other cards of the group, digests among them, say it too. */
function changed(ctx: TapContext, { openConversationId }: Group, what: Audited): void {
  const subject = { kind: 'group', id: openConversationId } as const;
  ctx.touch(subject);
  ctx.audit(what, subject);
}
