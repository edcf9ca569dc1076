import type { SpotLabel } from '../../src/domain/spot-label.ts';
import { backButton, danger, menuButton } from '../buttons.ts';
import { type FormModel, formOf, problemLines } from '../form.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { productLine } from '../vocabulary.ts';
import { type Further, furtherButtons } from './further.ts';
import { cancelButtons, type JobModel, jobHead, noteLines } from './job.ts';

export interface SpotFormModel {
  readonly job: JobModel;
  /** Which spot of this shop it is, from 1: until its place is known, that is its name. */
  readonly index: number;
  /** Its name, once its place was answered. */
  readonly spot?: SpotLabel | undefined;
  readonly form: FormModel;
  readonly further?: Further | undefined;
  /** Re-opened from the summary: there is somewhere to go back to. */
  readonly back: boolean;
  /** The spot's id, when it may be taken out of the promotion. */
  readonly removable?: string | undefined;
  /** How many spots this promotion may have, where the shop has some of this product already. */
  readonly room?: number | undefined;
}

/** *Spot 1*: where the code or the display is. */
export function spotForm(model: SpotFormModel, t: T): CardView {
  const { job, index, spot, form, back, removable, room, further } = model;
  const mistake = problemLines(t, form);
  return {
    ...jobHead(t, job, spot ?? { index }),
    body: [
      ...noteLines(t, job),
      ...(room === undefined ? [] : [t('spot.room', { room })]),
      ...(mistake.length > 0 ? mistake : productLine(t, job.product, 'where')),
    ],
    captures: true,
    form: formOf(t, form, 'promotion.answer', t('button.next')),
    actions: [
      ...furtherButtons(t, further),
      ...(removable === undefined ? [] : [danger(t('button.removeSpot'), 'promotion.removeSpot', { spot: removable })]),
      ...(room === 0 ? [danger(t('button.discard'), 'promotion.discard')] : []),
      ...(back ? [backButton(t)] : cancelButtons(t, job)),
      menuButton(t),
    ],
  };
}
