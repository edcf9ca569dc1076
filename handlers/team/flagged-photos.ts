import { DAY_MS } from '@field/kit/calendar';
import type { FlaggedPhotoRow } from '../../cards/team/photos.ts';
import { findIso } from '../../models/isos.ts';
import { findItems } from '../../models/items.ts';
import { namesOf } from '../../models/people.ts';
import { flaggedPhotos } from '../../models/photos.ts';
import { isPromoted, nameOf } from '../review/item-model.ts';
import { forAdmins } from './for-admins.ts';
import { paged } from './lists.ts';

/** What was looked at or not, an older photo is out of its reviewers' hands. */
const LISTED_MS = 30 * DAY_MS;

/** The photos of the ISO that admins should look at, the latest first. */
export const loadFlaggedPhotos = forAdmins(async (card, _viewer, isoId, now) => {
  const photos = await flaggedPhotos(isoId, now - LISTED_MS);
  const [iso, items, names] = await Promise.all([
    findIso(isoId),
    findItems(photos.map(({ itemRef }) => itemRef)),
    namesOf(photos.map(({ userId }) => userId)),
  ]);
  const of = new Map(items.filter(isPromoted).map((item) => [item.itemRef, item]));
  const rows = photos.flatMap(({ itemRef, flags, userId, sentAt }): FlaggedPhotoRow[] => {
    const item = of.get(itemRef);
    if (item === undefined) return [];
    const staff = names.get(userId) ?? '';
    return flags.map((flag) => ({ name: nameOf(item), flag, staff, sentAt }));
  });
  return { name: 'team.photos', model: { ...paged(rows, card), timeZone: iso?.timeZone ?? 'UTC' }, version: 0 };
});
