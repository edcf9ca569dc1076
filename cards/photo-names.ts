import type { SlotName } from '../src/domain/flows/definition.ts';
import type { TextKey } from './text-key.ts';

/** What a photo shows, in a word. */
export const PHOTO_NAMES: Readonly<Record<SlotName, TextKey>> = {
  storefront: 'slot.storefront',
  context: 'slot.context',
  closeup: 'slot.closeup',
  licence: 'slot.licence',
};
