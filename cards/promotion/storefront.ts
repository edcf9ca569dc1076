import { backButton, menuButton, primary } from '../buttons.ts';
import type { T } from '../text.ts';
import type { TextKey } from '../text-key.ts';
import type { CardView } from '../view.ts';
import { cancelButtons, type JobModel, jobHead, noteLines } from './job.ts';

export interface StorefrontPhotoModel {
  readonly job: JobModel;
  /** The front of the shop, or the business licence, which may be left out. */
  readonly slot: 'storefront' | 'licence';
  /** One is kept already: it can stay, or a new one replaces it. */
  readonly kept: boolean;
}

const TEXTS: Readonly<Record<StorefrontPhotoModel['slot'], { readonly place: TextKey; readonly how: TextKey }>> = {
  storefront: { place: 'place.storefront', how: 'photo.how.storefront' },
  licence: { place: 'place.licence', how: 'photo.how.licence' },
};

/** *Front photo*: how to stand, an example, and the picture comes as a message. */
export function storefrontPhoto({ job, slot, kept }: StorefrontPhotoModel, t: T): CardView {
  return {
    ...jobHead(t, job, TEXTS[slot].place),
    body: [
      ...noteLines(t, job),
      ...(kept ? [t('photo.kept')] : []),
      t(TEXTS[slot].how),
      t(kept ? 'photo.replace' : 'photo.send'),
    ],
    images:
      slot === 'storefront' ? [{ kind: 'example', name: 'storefront', alt: t('photo.example.storefront') }] : undefined,
    actions: [
      ...(kept ? [primary(t('button.keep'), 'promotion.leave')] : []),
      ...(kept || job.modifies === undefined ? [backButton(t)] : cancelButtons(t, job)),
      menuButton(t),
    ],
  };
}
