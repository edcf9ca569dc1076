import { menuButton, plain } from '../buttons.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { type JobModel, jobHead, type SpotName } from './job.ts';

/** A picture that was kept, but may not pass. */
export interface WeakPhotoModel {
  readonly job: JobModel;
  /** Absent for the front of the shop. */
  readonly spot?: SpotName;
  readonly why: 'dark' | 'blurry' | 'similar';
  readonly photo: 'storefront' | 'counter' | 'closeUp';
}

/** *A bit dark*: it stays, or a better one is simply sent. */
export function weakPhoto({ job, spot, why, photo }: WeakPhotoModel, t: T): CardView {
  return {
    ...jobHead(t, job, spot ?? 'place.storefront'),
    tag: { text: t(`weak.${photo}`), tone: 'warning' },
    body: [t(`weak.${why}`), t('weak.better')],
    actions: [plain(t('button.keep'), 'promotion.keepPhoto'), menuButton(t)],
  };
}
