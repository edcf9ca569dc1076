import { shownDate } from '../../cards/dates.ts';
import { itemPlace } from '../../cards/review/item-name.ts';
import { type T, translator } from '../../cards/text.ts';
import { slotName } from '../../cards/vocabulary.ts';
import { nameOf } from '../../handlers/review/item-model.ts';
import { findIso } from '../../models/isos.ts';
import { findItem } from '../../models/items.ts';
import { namesOf } from '../../models/people.ts';
import { contentHashesOf } from '../../models/photos.ts';
import { currentProgramme } from '../../models/programme-in-use.ts';
import { findSpot } from '../../models/spots.ts';
import { findStore } from '../../models/stores.ts';
import { wordsByPlace } from '../programme/word-texts.ts';
import type { PhotosOfItem } from '../web/item-photos/photos-page.ts';

/** What was promoted, with the photos that were sent of it last as far as they are kept; undefined where there is no such item. */
export async function photosOfPromoted(itemRef: string, { language }: T): Promise<PhotosOfItem | undefined> {
  const item = await findItem(itemRef);
  if (item === undefined || item.itemType === 'INSPECTION') return undefined;
  const { isoId, spotId, storeId, staffId, shop, submittedAt } = item;
  const [where, names, iso] = await Promise.all([
    spotId === undefined ? findStore(storeId) : findSpot(spotId),
    namesOf([staffId]),
    findIso(isoId),
  ]);
  const photos = where?.photos ?? [];
  const hashes = await contentHashesOf(photos.map(({ photoId }) => photoId));
  const t = translator(language, wordsByPlace(currentProgramme().programme));
  const when = shownDate(language, submittedAt, iso?.timeZone ?? 'UTC');
  return {
    isoId,
    shop,
    facts: [
      ...(spotId === undefined ? [] : [itemPlace(t, nameOf(item))]),
      t('photosPage.sentBy', { name: names.get(staffId) ?? '', when }),
    ],
    photos: photos.flatMap(({ photoId, slot }) => {
      const contentHash = hashes.get(photoId);
      return contentHash === undefined ? [] : [{ contentHash, name: slotName(t, slot) }];
    }),
  };
}
