import { menuButton, plain } from '../buttons.ts';
import { shownTime } from '../dates.ts';
import { markdownText } from '../markdown.ts';
import { type PageModel, pageButtons, pageNote } from '../team/pages.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { type PhotoPlace, photoPlace } from './photo-place.ts';
import { type WorkName, workName } from './work-name.ts';

export interface MovePhotoModel extends PageModel {
  readonly photoId: string;
  readonly sha256: string;
  readonly place: PhotoPlace;
  /** When it was sent, milliseconds. */
  readonly at: number;
  readonly timeZone: string;
  /** Where it may go, by the subject that a tap names: `draft:d1`. */
  readonly works: readonly (WorkName & { readonly to: string })[];
  /** The page of the list that it was chosen from. */
  readonly from: number;
}

/** One photo, and whose it may be: the work that the person has in hand, or nothing of it. */
export function movePhoto(model: MovePhotoModel, t: T): CardView {
  const { photoId, sha256, place, at, timeZone, works, from } = model;
  const photo = photoPlace(t, place);
  return {
    title: t('movePhoto.one'),
    body: [
      markdownText(t, 'movePhoto.chosen', { photo, time: shownTime(t.language, at, timeZone) }),
      ...(works.length === 0 ? [t('movePhoto.noOther'), t('movePhoto.openFirst')] : [t('movePhoto.whose')]),
    ],
    images: [{ kind: 'photo', sha256, alt: photo }],
    actions: [
      ...works.map((work) => plain(workName(t, work), 'photos.move', { to: work.to })),
      ...pageButtons(t, model, 'photos.choose', { photo: photoId, from: String(from) }),
      plain(t('button.putAside'), 'photos.aside'),
      plain(t('button.back'), 'photos.list', { page: String(from) }),
      menuButton(t),
    ],
    ...pageNote(t, model),
  };
}
