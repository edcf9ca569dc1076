import { findIso } from '../../models/isos.ts';
import { readUnder } from '../../models/item-rows.ts';
import { findItem } from '../../models/items.ts';
import { programmeAt } from '../../models/programme-in-use.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { parseFileName } from '../../src/daily/incoming/file-name.ts';
import { OLD_CARD } from '../../src/delivery/render-cards.ts';
import { stateAt } from '../../src/domain/item-standing.ts';
import { isPromoted, nameOf } from '../review/item-model.ts';
import { forThoseInCharge } from './for-admins.ts';
import { paged } from './lists.ts';
import { storyOfItem } from './story-of-item.ts';

/** `What happened`, of one item, a page at a time. */
export async function openStory(ctx: TapContext): Promise<void> {
  const { item, page = '1', from } = ctx.update.params.extra;
  const isKnown = from === 'found' || (from !== undefined && parseFileName(from) !== undefined);
  const place = isKnown ? `${page},${from}` : page;
  if (item !== undefined) ctx.show({ view: 'team.story', subject: { kind: 'story', id: `${place}/${item}` } });
}

/** What happened to an item, for whoever looks after those who have it in hand; for an admin also what nobody has. */
export const loadStory = forThoseInCharge(async (card, _viewer, { isoId, has }, now, seen) => {
  const [place = '1', ...ref] = card.subject.id.split('/');
  const [page = '1', from] = place.split(',');
  const [item, iso] = await Promise.all([findItem(ref.join('/'), seen), findIso(isoId, seen)]);
  if (item === undefined || item.isoId !== isoId || !has(item.ownerId) || !isPromoted(item)) return OLD_CARD;
  const story = await storyOfItem(item, seen);
  return {
    name: 'team.story',
    model: {
      ...paged(story, { ...card, subject: { ...card.subject, id: page } }),
      fromSearch: from === 'found',
      fromFile: from === undefined || from === 'found' ? undefined : from,
      itemRef: item.itemRef,
      name: nameOf(item),
      state: stateAt(item, now),
      timeZone: iso?.timeZone ?? 'UTC',
    },
    programme: await programmeAt(readUnder(item)),
    version: item.version,
  };
});
