import type { SlotName } from '../../src/domain/flows/definition.ts';
import { plain } from '../buttons.ts';
import type { T } from '../text.ts';
import type { CardAction } from '../view.ts';
import { slotName } from '../vocabulary.ts';

/** What of a step may be left out, and is opened from its form. */
export interface Further {
  /** There are questions behind `More details`. */
  readonly more: boolean;
  /** Photos that are not needed, each with what opens it; on the card of `More details` where there is one. */
  readonly photos: readonly OptionalPhoto[];
}

export interface OptionalPhoto {
  readonly slot: SlotName;
  readonly place: string;
}

export function furtherButtons(t: T, { more, photos }: Further = { more: false, photos: [] }): CardAction[] {
  if (more) return [plain(t('button.moreDetails'), 'promotion.more')];
  return photoButtons(t, photos);
}

export function photoButtons(t: T, photos: readonly OptionalPhoto[]): CardAction[] {
  return photos.map(({ slot, place }) => plain(slotName(t, slot), 'promotion.open', { place }));
}
