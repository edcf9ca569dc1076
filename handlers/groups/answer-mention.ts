import { DAY_MS } from '@field/kit/calendar';
import { derivedId } from '@field/kit/ids';
import type { TextKey } from '../../cards/text-key.ts';
import { addGroup, changeGroup, findGroup } from '../../models/groups.ts';
import type { MessageContext } from '../../src/bot/context.ts';
import { DEFAULT_LANGUAGE } from '../../src/domain/languages.ts';

/** Somebody said something to the bot in a group: an admin gets the card that binds it, anyone else one line a day. */
export async function answerMention(ctx: MessageContext): Promise<void> {
  const { conversation, id } = ctx.update;
  if (conversation.kind !== 'group') return;
  const { userId, isoId, role, state, language = DEFAULT_LANGUAGE } = ctx.person;
  if (state !== 'ACTIVE' || isoId === undefined || role !== 'ADMIN') return sayOnce(ctx, conversation.id, 'group.hint');
  const group = await findGroup(conversation.id, ctx.tx);
  if (group?.state === 'BOUND' && group.isoId !== isoId) return sayOnce(ctx, conversation.id, 'group.taken');
  const { title } = conversation;
  const asked = { isoId, title, language, state: 'ASKED', by: userId, at: ctx.now } as const;
  if (group === undefined) await addGroup({ openConversationId: conversation.id, ...asked }, ctx.tx);
  else if (group.state === 'ASKED') await changeGroup(group, { ...asked, declinedAt: null }, ctx.tx);
  else if (group.title !== title) await changeGroup(group, { title }, ctx.tx);
  ctx.send({
    intent: derivedId('group', conversation.id, id),
    to: conversation.id,
    inGroup: true,
    kind: 'record',
    view: 'group',
    subject: { kind: 'group', id: conversation.id },
  });
}

/** A line in the group, at most once a day: every one of them costs a call, and anybody can ask for it. */
function sayOnce(ctx: MessageContext, openConversationId: string, key: TextKey): void {
  ctx.send({
    intent: derivedId(key, openConversationId, Math.floor(ctx.now / DAY_MS)),
    once: true,
    to: openConversationId,
    inGroup: true,
    kind: 'line',
    view: 'line',
    subject: { kind: 'group', id: openConversationId },
    line: { key },
  });
}
