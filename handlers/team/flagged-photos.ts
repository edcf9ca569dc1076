import { DAY_MS } from '@field/kit/calendar';
import type { FlaggedRow } from '../../cards/team/photos.ts';
import { doubtfulOfIso } from '../../models/bindings.ts';
import { findIso } from '../../models/isos.ts';
import { findItems, posmRef } from '../../models/items.ts';
import { namesOf } from '../../models/people.ts';
import { flaggedPhotos, itemsBackedBy } from '../../models/photos.ts';
import { sitesOver } from '../../models/sites.ts';
import { isPromoted, nameOf } from '../review/item-model.ts';
import { forAdmins } from './for-admins.ts';
import { paged } from './lists.ts';

/** What was looked at or not, an older photo is out of its reviewers' hands. A code stands until it is replaced. */
const LISTED_MS = 30 * DAY_MS;

/** Something of one item that admins should look at. */
interface Flagged extends Pick<FlaggedRow, 'flag' | 'at' | 'metres'> {
  /** The earlier photo that it is like. */
  readonly likePhoto?: string | undefined;
  readonly itemRef: string;
  readonly userId: string;
}

/** The photos, codes and shops of the ISO that admins should look at, the latest first. */
export const loadFlaggedPhotos = forAdmins(async (card, _viewer, isoId, now) => {
  const [iso, photos, codes, sites] = await Promise.all([
    findIso(isoId),
    flaggedPhotos(isoId, now - LISTED_MS),
    doubtfulOfIso(isoId),
    sitesOver(isoId, now - LISTED_MS),
  ]);
  const overRefs = sites.map(({ itemRef = '' }) => itemRef);
  const staffOf = new Map((await findItems(overRefs)).map(({ itemRef, staffId }) => [itemRef, staffId]));
  const all: Flagged[] = [
    ...photos.flatMap(({ flags, sentAt, like, ...whose }): Flagged[] =>
      flags.map((flag) => ({ ...whose, flag, at: sentAt, likePhoto: flag === 'LIKE_ANOTHER' ? like : undefined })),
    ),
    ...codes.map(({ spotId, boundBy, boundAt, doubt = 'unknown' }) => ({
      itemRef: posmRef(spotId),
      userId: boundBy,
      flag: doubt,
      at: boundAt,
    })),
    ...sites.map(({ itemRef = '', submittedAt: at = 0 }) => ({
      itemRef,
      userId: staffOf.get(itemRef) ?? '',
      flag: 'siteOver' as const,
      at,
    })),
  ];
  const likes = await itemsBackedBy(all.flatMap(({ likePhoto }) => (likePhoto === undefined ? [] : [likePhoto])));
  const [items, names] = await Promise.all([
    findItems([...all.map(({ itemRef }) => itemRef), ...likes.values()]),
    namesOf(all.map(({ userId }) => userId)),
  ]);
  const of = new Map(items.map((item) => [item.itemRef, item]));
  const rows = all
    .toSorted((one, other) => other.at - one.at)
    .flatMap(({ itemRef, userId, likePhoto = '', ...row }): FlaggedRow[] => {
      const item = of.get(itemRef);
      if (item === undefined) return [];
      const like = of.get(likes.get(likePhoto) ?? '')?.shop;
      // an inspection is of a shop as a whole
      const name = isPromoted(item) ? nameOf(item) : { kind: 'store' as const, shop: item.shop };
      return [{ ...row, name, like, staff: names.get(userId) ?? '' }];
    });
  return { name: 'team.photos', model: { ...paged(rows, card), timeZone: iso?.timeZone ?? 'UTC' }, version: 0 };
});
