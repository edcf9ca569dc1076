import { changeGroup, findGroup, groupsOf } from '../../models/groups.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { forAdmins } from './for-admins.ts';
import { paged } from './lists.ts';

/** Which groups get the ISO's digest. */
export const loadGroups = forAdmins(async (card, _viewer, isoId) => {
  const { rows, ...page } = paged(await groupsOf(isoId), card);
  const groups = rows.map(({ openConversationId, title, version }) => ({ id: openConversationId, title, version }));
  return { name: 'team.groups', model: { ...page, groups }, version: 0 };
});

/** `Stop`: the group gets nothing any more. One that changed since the card was drawn stays as it is. */
export async function stopGroup(ctx: TapContext): Promise<void> {
  const { group: id = '', seen } = ctx.update.params.extra;
  const group = await findGroup(id, ctx.tx);
  if (group === undefined || group.isoId !== ctx.person.isoId) return;
  if (group.state !== 'BOUND' || String(group.version) !== seen) return;
  await changeGroup(group, { state: 'ASKED', by: ctx.person.userId, at: ctx.now }, ctx.tx);
  const subject = { kind: 'group', id };
  ctx.touch(subject);
  ctx.audit('group.unbind', subject);
}
