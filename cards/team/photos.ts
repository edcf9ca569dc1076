import type { PhotoFlag } from '../../src/domain/photo-flags.ts';
import { shownDay } from '../dates.ts';
import { type ItemName, itemName } from '../review/item-name.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { type PageModel, pageButtons, pageNote, teamButton } from './pages.ts';

export interface FlaggedPhotoRow {
  readonly name: ItemName;
  readonly flag: PhotoFlag;
  /** Who sent it. */
  readonly staff: string;
  readonly sentAt: number;
}

export interface FlaggedPhotosModel extends PageModel {
  readonly rows: readonly FlaggedPhotoRow[];
  readonly count: number;
  readonly timeZone: string;
}

const FLAG_TEXTS = { TAKEN_LONG_BEFORE: 'flag.old', TAKEN_AFTER: 'flag.later' } as const;

/** *Photos to look at (2)*: what was submitted with a photo that says of itself another time than it was sent. */
export function flaggedPhotosList(model: FlaggedPhotosModel, t: T): CardView {
  const { rows, count, timeZone } = model;
  return {
    title: t('flagged.title', { count }),
    body: [t(count === 0 ? 'flagged.none' : 'flagged.why')],
    table:
      rows.length > 0
        ? {
            columns: [t('column.spot'), t('column.reason'), t('column.who')],
            rows: rows.map(({ name, flag, staff, sentAt }) => [
              itemName(t, name),
              t(FLAG_TEXTS[flag]),
              `${shorten(staff, 16)} · ${shownDay(t.language, sentAt, timeZone)}`,
            ]),
          }
        : undefined,
    actions: [...pageButtons(t, model, 'team.photos'), teamButton(t)],
    ...pageNote(t, model),
  };
}
