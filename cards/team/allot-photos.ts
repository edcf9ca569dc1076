import { menuButton, primary } from '../buttons.ts';
import { PHOTO_REFUSED } from '../photos/photo-refused.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';

export interface AllotPhotosModel {
  /** Who gets the codes. */
  readonly name: string;
  /** What became of the codes of the photos so far; absent before the first. */
  readonly counted?:
    | { readonly given: number; readonly before: number; readonly notInStock: number; readonly others: number }
    | undefined;
  /** Why nothing was read in the last photo. */
  readonly note?: keyof typeof PHOTO_REFUSED | 'noCode' | undefined;
}

/** *Codes for Nok*: what the next photos show goes to one person, and what became of the last ones. */
export function allotPhotos({ name, counted, note }: AllotPhotosModel, t: T): CardView {
  const problem = note && t(note === 'noCode' ? 'allot.noCode' : PHOTO_REFUSED[note]);
  return {
    title: t('allot.photosTitle', { name: shorten(name, 12) }),
    alert: problem,
    body: [
      ...(problem === undefined ? [] : [problem]),
      t('allot.photosHow'),
      t('allot.photosThen'),
      ...(counted === undefined ? [] : [countedLine(counted, t)]),
    ],
    actions: [primary(t('button.done'), 'team.allotDone'), menuButton(t)],
  };
}

/** `✓ 24 given · 2 given before · 1 not in stock`. */
function countedLine({ given, before, notInStock, others }: NonNullable<AllotPhotosModel['counted']>, t: T): string {
  return [
    t('allot.counted', { count: given }),
    ...(before === 0 ? [] : [t('allot.countedBefore', { count: before })]),
    ...(notInStock === 0 ? [] : [t('allot.countedNotInStock', { count: notInStock })]),
    ...(others === 0 ? [] : [t('allot.countedOthers', { count: others })]),
  ].join(' · ');
}
