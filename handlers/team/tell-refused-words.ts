import { derivedId } from '@field/kit/ids';
import { findCard } from '../../models/cards.ts';
import { findGroup } from '../../models/groups.ts';
import { adminsOf, findPerson } from '../../models/people.ts';
import type { Reads } from '../../models/single-write.ts';
import type { EventContext } from '../../src/bot/context.ts';
import { OLD_CARD } from '../../src/delivery/render-cards.ts';
import type { Subject } from '../../src/platform/subject.ts';
import { forAdmins } from './for-admins.ts';

/** `card.refused`: DingTalk would not show a card for a word that somebody wrote; the admins of its reader, a person or group, know, and can help. */
export async function tellRefusedWords(ctx: EventContext<'card.refused'>): Promise<void> {
  const card = await findCard(ctx.update.facts.outTrackId, ctx.tx);
  if (card === undefined) return;
  const subject = { kind: card.inGroup ? 'group' : 'person', id: card.viewer } as const;
  const { isoId } = (await readerOf(subject, ctx.tx)) ?? {};
  if (isoId === undefined) return;
  ctx.audit('card.refused', subject);
  for (const admin of await adminsOf(isoId, ctx.tx)) {
    const intent = derivedId('refusedWords', ctx.update.id, admin.userId);
    ctx.send({ kind: 'record', view: 'team.refusedWords', subject, intent, to: admin.userId });
  }
}

export const loadRefusedWords = forAdmins(async ({ subject }, _viewer, isoId) => {
  const reader = await readerOf(subject);
  if (reader?.isoId !== isoId) return OLD_CARD;
  return { name: 'team.refusedWords', model: { name: reader.name, inGroup: subject.kind === 'group' }, version: 0 };
});

async function readerOf(
  { kind, id }: Subject,
  tx?: Reads,
): Promise<{ readonly isoId?: string | undefined; readonly name: string } | undefined> {
  if (kind !== 'group') return await findPerson(id, tx);
  const group = await findGroup(id, tx);
  return group && { isoId: group.isoId, name: group.title };
}
