import type { SlotName } from '../../src/domain/flows/definition.ts';
import { backButton, menuButton, primary } from '../buttons.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { slotExample, slotHow } from '../vocabulary.ts';
import { cancelButtons, type JobModel, jobHead, noteLines } from './job.ts';

export interface OnePhotoModel {
  readonly job: JobModel;
  /** The front of the shop, or one that may be left out. */
  readonly slot: SlotName;
  /** The picture that shows how it should be; beside a photo that is kept it would pass for that. */
  readonly example?: string | undefined;
  /** One is kept already: it can stay, or a new one replaces it. */
  readonly kept: boolean;
}

/** *Storefront photo*: how to stand, an example, and the picture comes as a message. */
export function onePhoto({ job, slot, example, kept }: OnePhotoModel, t: T): CardView {
  const shown = kept ? undefined : example;
  return {
    ...jobHead(t, job, { slot }),
    body: [
      ...noteLines(t, job),
      ...(kept ? [t('photo.kept')] : []),
      ...slotHow(t, slot),
      t(kept ? 'photo.replace' : 'photo.send'),
      // the shop in the picture is another one
      ...(shown === undefined ? [] : [slotExample(t, slot)]),
    ],
    captures: true,
    images: shown === undefined ? undefined : [{ kind: 'example', name: shown, alt: slotExample(t, slot) }],
    actions: [
      ...(kept ? [primary(t('button.keep'), 'promotion.leave')] : []),
      ...(kept || job.modifies === undefined ? [backButton(t)] : cancelButtons(t, job)),
      menuButton(t),
    ],
  };
}
