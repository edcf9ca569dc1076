import type { Refusal } from '../../src/flow/codes.ts';
import type { TextKey } from '../text-key.ts';

/** What is said of a photo that cannot be used at all. */
export const PHOTO_REFUSED: Readonly<Record<Refusal, TextKey>> = {
  notAnImage: 'note.photoNotAnImage',
  unsupportedFormat: 'note.photoFormat',
  tooSmall: 'note.photoTooSmall',
  tooBig: 'note.photoTooBig',
  tooHeavy: 'note.photoTooHeavy',
  unreadable: 'note.photoUnreadable',
  cannotBeRead: 'note.photoCannotBeRead',
  expired: 'note.photoExpired',
};
