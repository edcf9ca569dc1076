import { changeGroup, findGroup, type Group, groupsOf } from '../../models/groups.ts';
import type { TapContext } from '../../src/bot/context.ts';
import type { VersionedSubject } from '../../src/bot/tap-subject.ts';
import { forAdmins } from './for-admins.ts';
import { paged } from './lists.ts';

/** Which groups get the ISO's digest. */
export const loadGroups = forAdmins(async (card, _viewer, isoId) => {
  const { rows, ...page } = paged(await groupsOf(isoId), card);
  const groups = rows.map(({ openConversationId, title, version }) => ({ id: openConversationId, title, version }));
  return { name: 'team.groups', model: { ...page, groups }, version: 0 };
});

/** One of the groups that the list names, of the admin's own ISO; one that changed since the list was drawn stays as it is. */
export const LISTED_GROUP: VersionedSubject<Group> = {
  async load({ update, tx }) {
    const { group } = update.params.extra;
    return group === undefined ? undefined : await findGroup(group, tx);
  },
  mayUse: ({ isoId }, group) => group.isoId === isoId,
  isOpen: (_ctx, { state }) => state === 'BOUND',
  versionOf: ({ version }) => version,
  seenIn: ({ extra }) => (extra.seen === undefined ? undefined : Number(extra.seen)),
  refuse: () => undefined,
};

/** `Stop`: the group gets nothing any more. */
export async function stopGroup(ctx: TapContext, group: Group): Promise<void> {
  await changeGroup(group, { state: 'ASKED', by: ctx.person.userId, at: ctx.now }, ctx.tx);
  const subject = { kind: 'group', id: group.openConversationId } as const;
  ctx.touch(subject);
  ctx.audit('group.unbind', subject);
}
