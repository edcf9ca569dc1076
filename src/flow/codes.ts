import type { ForeignKind } from '../domain/code.ts';

/*
 * Every name by which the engine, and the forms outside it, say something to a person. The cards have a table from each of these to a
 * text, so a name without a text does not compile.
 */

/** What is said of a code that is known not to count, by what it is; the first of one of which nothing is known. */
export type ForeignCode = 'codeForeign' | 'codePayment' | 'codeWallet' | 'codeChat';

const FOREIGN: Readonly<Record<ForeignKind, ForeignCode>> = {
  otherProduct: 'codeForeign',
  otherCode: 'codeForeign',
  paymentCode: 'codePayment',
  walletLink: 'codeWallet',
  chatLink: 'codeChat',
};

export function foreignNote(says: ForeignKind | undefined): ForeignCode {
  return says === undefined ? 'codeForeign' : FOREIGN[says];
}

/** Why an answer was not taken; belongs to one field, or to what was tried. */
export type ProblemCode =
  | 'required'
  | 'mustAgree'
  | 'tooLong'
  | 'notAChoice'
  | 'notANumber'
  | 'notAnAmount'
  | 'tooLow'
  | 'tooHigh'
  | 'notAPhone'
  | 'notAPhoneOrEmail'
  | 'notADate'
  | ForeignCode
  | 'codeUsedInThisPromotion'
  | 'tooManySpots'
  | 'lastSpot'
  | 'nothingThere'
  | 'notAnEmail'
  | 'isoUnknown'
  | 'phonePending'
  | 'reasonMissing'
  | 'nobodyNamed';

/** One line about what just happened. */
export type NoteCode =
  | 'photoKept'
  | 'photoForLater'
  | 'photoLate'
  | 'samePhoto'
  | 'photoUsedBefore'
  | 'codeUnreadable'
  | ForeignCode
  | 'codeTaken'
  | 'codeFailed'
  | 'codeUnknown'
  | 'codeReplaced'
  | 'spotDone'
  | 'answerLate'
  | 'photoNotAnImage'
  | 'photoFormat'
  | 'photoTooSmall'
  | 'photoTooBig'
  | 'photoTooHeavy'
  | 'photoUnreadable'
  | 'photoCannotBeRead'
  | 'photoExpired';

/** Why a picture could not be kept. */
export const REFUSALS = [
  'notAnImage',
  'unsupportedFormat',
  'tooSmall',
  'tooBig',
  'tooHeavy',
  'unreadable',
  'cannotBeRead',
  'expired',
] as const;
export type Refusal = (typeof REFUSALS)[number];

/** What may make a kept photo fail the review. */
export const WEAKNESSES = ['dark', 'blurry', 'small'] as const;
export type Weakness = (typeof WEAKNESSES)[number];

/** Something that is not there yet. */
export type MissingCode = 'form' | 'photo' | 'code' | 'payments' | 'answerToQuestion';

/** Something that is being looked at: what stands there may change. */
export type WaitingCode = 'beingChecked';

/** Against the deployment policy, it cannot be submitted like this; what may fail the review, the person decides; what is only noted. */
export type { DoubtCode, NotedCode, ViolationCode } from '../domain/policy.ts';
