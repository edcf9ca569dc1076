import { derivedId } from '@field/kit/ids';
import { adminsOf, findPerson } from '../../models/people.ts';
import type { EventContext } from '../../src/bot/context.ts';
import { OLD_CARD } from '../../src/delivery/render-cards.ts';
import { forAdmins } from './for-admins.ts';

/** `card.refused`: DingTalk would not show a card for a word that somebody wrote; their admins know, and can help. */
export async function tellRefusedWords(ctx: EventContext<'card.refused'>): Promise<void> {
  const { isoId, userId } = ctx.person;
  if (isoId === undefined) return;
  const subject = { kind: 'person', id: userId } as const;
  ctx.audit('card.refused', subject);
  for (const admin of await adminsOf(isoId, ctx.tx)) {
    const intent = derivedId('refusedWords', ctx.update.id, admin.userId);
    ctx.send({ kind: 'record', view: 'team.refusedWords', subject, intent, to: admin.userId });
  }
}

export const loadRefusedWords = forAdmins(async ({ subject }, _viewer, isoId) => {
  const person = await findPerson(subject.id);
  if (person?.isoId !== isoId) return OLD_CARD;
  return { name: 'team.refusedWords', model: { name: person.name }, version: 0 };
});
