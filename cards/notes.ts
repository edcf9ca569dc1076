import type { NoteCode, Weakness } from '../src/flow/codes.ts';
import type { InspectionNote } from '../src/inspection/inspection.ts';
import type { TextKey } from './text-key.ts';

/** One line about what just happened, by its code. */
export const NOTE_TEXTS = {
  answerLate: 'note.answerLate',
  codeFailed: 'note.codeFailed',
  codeChat: 'note.codeChat',
  codeForeign: 'note.codeForeign',
  codePayment: 'note.codePayment',
  codeReplaced: 'note.codeReplaced',
  codeTaken: 'note.codeTaken',
  codeUnknown: 'note.codeUnknown',
  codeUnreadable: 'note.codeUnreadable',
  codeWallet: 'note.codeWallet',
  photoCannotBeRead: 'note.photoCannotBeRead',
  photoExpired: 'note.photoExpired',
  photoFormat: 'note.photoFormat',
  photoForLater: 'note.photoForLater',
  photoForSpot: 'note.photoForSpot',
  photoLate: 'note.photoLate',
  photoKept: 'note.photoKept',
  photoNotAnImage: 'note.photoNotAnImage',
  photoNotNeeded: 'note.photoNotNeeded',
  photoTooBig: 'note.photoTooBig',
  photoTooHeavy: 'note.photoTooHeavy',
  photoTooSmall: 'note.photoTooSmall',
  photoUnreadable: 'note.photoUnreadable',
  photoUsedBefore: 'note.photoUsedBefore',
  saidLater: 'note.saidLater',
  samePhoto: 'note.samePhoto',
  spotDone: 'note.spotDone',
} as const satisfies Readonly<Record<NoteCode | Exclude<InspectionNote['code'], 'weak'>, TextKey>>;

/** What may make a kept photo fail the review. */
export const WEAKNESS_TEXTS = {
  dark: 'weak.dark',
  blurry: 'weak.blurry',
  small: 'weak.small',
} as const satisfies Readonly<Record<Weakness, TextKey>>;
