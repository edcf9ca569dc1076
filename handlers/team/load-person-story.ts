import { findIso } from '../../models/isos.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { OLD_CARD } from '../../src/delivery/render-cards.ts';
import { memberIn } from '../people/load-members.ts';
import { forThoseInCharge } from './for-admins.ts';
import { paged } from './lists.ts';
import { HERE } from './load-cards.ts';
import { storyOfPerson } from './story-of-person.ts';

/** `What happened`, of somebody of the team, a page at a time. */
export async function openPersonStory(ctx: TapContext): Promise<void> {
  const { person, page = '1', from } = ctx.update.params.extra;
  const place = from === 'found' ? `${page},found` : page;
  if (person !== undefined)
    ctx.show({ view: 'team.personStory', subject: { kind: 'story', id: `${place}/${person}` } });
}

/** What happened to somebody of the ISO, or of the supervisor's own team, or to oneself. */
export const loadPersonStory = forThoseInCharge(async (card, viewer, scope, now, seen) => {
  const [place = '1', ...id] = card.subject.id.split('/');
  const [page = '1', from] = place.split(',');
  const [person, iso] = await Promise.all([memberIn(scope, viewer, id.join('/'), seen), findIso(scope.isoId, seen)]);
  if (person === undefined) return OLD_CARD;
  const { userId, name, role, state, changes = 0 } = person;
  const timeZone = iso?.timeZone ?? 'UTC';
  const story = await storyOfPerson({ userId, isoId: scope.isoId }, now, timeZone);
  return {
    name: 'team.personStory',
    model: {
      ...paged(story, { ...card, subject: { ...card.subject, id: page } }),
      fromSearch: from === 'found',
      userId,
      name,
      role,
      state: HERE[state],
      timeZone,
    },
    version: changes,
  };
});
