import { menuButton, plain } from '../buttons.ts';
import { shownTime } from '../dates.ts';
import { markdownText } from '../markdown.ts';
import { shorten } from '../shorten.ts';
import { type PageModel, pageButtons, pageNote } from '../team/pages.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { type PhotoPlace, photoPlace } from './photo-place.ts';

export interface PhotoRow {
  readonly photoId: string;
  readonly sha256: string;
  readonly place: PhotoPlace;
  /** When it was sent, milliseconds. */
  readonly at: number;
}

export interface PhotoListModel extends PageModel {
  /** Empty where it has no name yet. */
  readonly shop: string;
  readonly timeZone: string;
  readonly photos: readonly PhotoRow[];
}

const SHOWN_SHOP = 30;

/** `See photos`: the photos of the work at hand in one picture, and a button each for one that is of another shop. */
export function photoList(model: PhotoListModel, t: T): CardView {
  const { shop, photos, page, timeZone } = model;
  const rows = photos.map((photo, index) => ({ ...photo, row: photoRow(t, photo, index + 1, timeZone) }));
  const args = { shop: shorten(shop, SHOWN_SHOP), named: shop === '' ? 'no' : 'yes' };
  return {
    title: t('part.photos'),
    body: [photos.length === 0 ? t('movePhoto.none') : markdownText(t, 'movePhoto.which', args)],
    images:
      rows.length === 0 ? [] : [{ kind: 'sheet', photos: rows.map(({ sha256 }) => sha256), alt: t('part.photos') }],
    actions: [
      ...rows.map(({ photoId, row }) => plain(row, 'photos.choose', { photo: photoId, from: String(page) })),
      ...pageButtons(t, model, 'photos.list'),
      plain(t('button.back'), 'photos.leave'),
      menuButton(t),
    ],
    ...pageNote(t, model),
  };
}

/** `2 · Cashier 1 · Close-up, 10:42`: the one with that number in the picture. */
function photoRow(t: T, { place, at }: PhotoRow, number: number, timeZone: string): string {
  const time = shownTime(t.language, at, timeZone);
  return t('movePhoto.row', { number, photo: photoPlace(t, place), time });
}
