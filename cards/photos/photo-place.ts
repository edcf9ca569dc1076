import type { SlotName } from '../../src/domain/flows/definition.ts';
import type { SpotLabel } from '../../src/domain/spot-label.ts';
import { nameOf, type WaitingPhoto } from '../inspection/parts.ts';
import type { T } from '../text.ts';
import { slotName, spotName } from '../vocabulary.ts';

/** Where a photo stands in the work that it was sent for. */
export type PhotoPlace =
  | { readonly in: 'slot'; readonly slot: SlotName; readonly spot?: SpotLabel | undefined }
  | { readonly in: 'inspection'; readonly shows: WaitingPhoto }
  | { readonly in: 'appeal' }
  /** Kept until something asks for it, or kept and not used. */
  | { readonly in: 'waiting' | 'aside' };

/** `Cashier 1 · Close-up`. */
export function photoPlace(t: T, place: PhotoPlace): string {
  switch (place.in) {
    case 'slot': {
      const photo = slotName(t, place.slot);
      return place.spot === undefined ? photo : `${spotName(t, place.spot)} · ${photo}`;
    }
    case 'inspection':
      return nameOf(t, place.shows);
    case 'appeal':
      return t('slot.any');
    case 'waiting':
      return t('movePhoto.waiting');
    case 'aside':
      return t('movePhoto.aside');
  }
}
