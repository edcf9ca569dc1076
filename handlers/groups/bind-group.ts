import { derivedId } from '@field/kit/ids';
import { changeGroup, findGroup, type Group } from '../../models/groups.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { isLanguage } from '../../src/domain/languages.ts';

/** `Yes, send it here`: from now on the group gets the digest. */
export async function bindGroup(ctx: TapContext): Promise<void> {
  const group = await ownGroup(ctx);
  if (group?.state !== 'ASKED') return;
  await changeGroup(group, { state: 'BOUND', by: ctx.person.userId, at: ctx.now }, ctx.tx);
  changed(ctx, group, 'group.bind');
}

/** `Stop`: the group gets nothing any more. */
export async function unbindGroup(ctx: TapContext): Promise<void> {
  const group = await ownGroup(ctx);
  if (group?.state !== 'BOUND') return;
  await changeGroup(group, { state: 'ASKED', by: ctx.person.userId, at: ctx.now }, ctx.tx);
  changed(ctx, group, 'group.unbind');
}

/** The language of everything that the bot says in the group. */
export async function chooseGroupLanguage(ctx: TapContext): Promise<void> {
  const group = await ownGroup(ctx);
  const { language } = ctx.update.params.extra;
  if (group === undefined || language === undefined || !isLanguage(language)) return;
  await changeGroup(group, { language }, ctx.tx);
  changed(ctx, group, 'group.language');
}

/**
 * The group of the tapped card, if this person may decide about it: an admin of its ISO (domain A.12-14), and the card is as they saw
 * it. Everybody in the group sees the buttons, so anyone else is told in their own chat whose they are.
 */
async function ownGroup(ctx: TapContext): Promise<Group | undefined> {
  const { subject, version } = ctx.update.params;
  const group = subject?.kind === 'group' ? await findGroup(subject.id, ctx.tx) : undefined;
  if (group === undefined || ctx.card?.viewer !== group.openConversationId) return undefined;
  const { userId, role, isoId } = ctx.person;
  if (role === 'ADMIN' && isoId === group.isoId) return group.version === version ? group : undefined;
  ctx.send({
    intent: derivedId('group.adminOnly', userId, ctx.update.id),
    to: userId,
    kind: 'line',
    view: 'line',
    subject: { kind: 'person', id: userId },
    line: { key: 'group.adminOnly' },
  });
  return undefined;
}

/** Other cards of the group, digests among them, say it too. */
function changed(ctx: TapContext, { openConversationId }: Group, what: string): void {
  const subject = { kind: 'group', id: openConversationId };
  ctx.touch(subject);
  ctx.audit(what, subject);
}
