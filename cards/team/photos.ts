import type { PhotoFlag } from '../../src/domain/photo-flags.ts';
import { shownDay } from '../dates.ts';
import { shownDistance } from '../distance.ts';
import { type ItemName, itemName } from '../review/item-name.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { TextKey } from '../text-key.ts';
import type { CardView } from '../view.ts';
import { type PageModel, pageButtons, pageNote, teamButton } from './pages.ts';

/** How a code stands that is in doubt: nobody knows it yet, it does not count, or it is at another spot as well. */
export type CodeFlag = 'unknown' | 'refused' | 'clash';

export interface FlaggedRow {
  readonly name: ItemName;
  /** `siteOver`: its shop is one more than agreed (policy P1). */
  readonly flag: PhotoFlag | CodeFlag | 'siteOver';
  /** The other shop whose photo it looks like. */
  readonly like?: string | undefined;
  /** How far it was taken from the other photos of its work. */
  readonly metres?: number | undefined;
  /** Who sent it. */
  readonly staff: string;
  /** When, milliseconds. */
  readonly at: number;
}

export interface FlaggedModel extends PageModel {
  readonly rows: readonly FlaggedRow[];
  readonly count: number;
  readonly timeZone: string;
}

const OF_PHOTOS: Readonly<Record<PhotoFlag, TextKey>> = {
  TAKEN_LONG_BEFORE: 'flag.old',
  TAKEN_AFTER: 'flag.later',
  LIKE_ANOTHER: 'flag.like',
  FAR_FROM_OTHERS: 'flag.far',
  PLACE_MADE_UP: 'flag.madeUp',
};
const OF_CODES: Readonly<Record<CodeFlag, TextKey>> = {
  unknown: 'flag.codeUnknown',
  refused: 'flag.codeRefused',
  clash: 'flag.codeClash',
};
/** A column is a third of a phone wide. */
const LONGEST_SHOP = 24;
const FLAG_TEXTS = { ...OF_PHOTOS, ...OF_CODES, siteOver: 'flag.siteOver' } as const;

/**
 * *To look at (2)*: photos that say of themselves another time or another place than they should or look like another shop's, codes in doubt,
 * shops beyond the quota.
 */
export function flaggedPhotosList(model: FlaggedModel, t: T): CardView {
  const { rows, count, timeZone } = model;
  return {
    title: t('flagged.title', { count }),
    body: [
      ...(count === 0 ? [t('flagged.none')] : []),
      ...(rows.some(({ flag }) => flag === 'TAKEN_LONG_BEFORE' || flag === 'TAKEN_AFTER') ? [t('flagged.why')] : []),
      ...(rows.some(({ flag }) => flag === 'LIKE_ANOTHER') ? [t('flagged.like')] : []),
      ...(rows.some(({ flag }) => flag === 'FAR_FROM_OTHERS' || flag === 'PLACE_MADE_UP') ? [t('flagged.place')] : []),
      ...(rows.some(({ flag }) => flag === 'refused' || flag === 'clash') ? [t('flagged.codes')] : []),
    ],
    table:
      rows.length > 0
        ? {
            columns: [t('column.spot'), t('column.reason'), t('column.who')],
            rows: rows.map(({ name, flag, like = '', metres = 0, staff, at }) => [
              itemName(t, name),
              t(FLAG_TEXTS[flag], {
                shop: shorten(like, LONGEST_SHOP),
                distance: shownDistance(t.language, metres),
              }),
              `${shorten(staff, 16)} · ${shownDay(t.language, at, timeZone)}`,
            ]),
          }
        : undefined,
    actions: [...pageButtons(t, model, 'team.photos'), teamButton(t)],
    ...pageNote(t, model),
  };
}
