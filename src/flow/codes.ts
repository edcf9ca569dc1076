/**
 * Every name by which the engine says something to a person. Each one has a text in every language (a test of the cards
 * walks these lists), so a new name is added here and there.
 */

/** Why an answer was not taken; belongs to one field, or to what was tried. */
export const PROBLEM_CODES = [
  'required',
  'mustAgree',
  'tooLong',
  'notAChoice',
  'notANumber',
  'notAnAmount',
  'tooLow',
  'tooHigh',
  'notAPhone',
  'notAPhoneOrEmail',
  'notADate',
  'codeForeign',
  'codeUsedInThisPromotion',
  'tooManySpots',
  'lastSpot',
  'nothingThere',
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

/** One line about what just happened. */
export const NOTE_CODES = [
  'photoKept',
  'photoForLater',
  'samePhoto',
  'photoUsedBefore',
  'codeUnreadable',
  'codeForeign',
  'codeTaken',
  'codeFailed',
  'codeReplaced',
  'spotDone',
  'photoNotAnImage',
  'photoTooSmall',
  'photoTooBig',
  'photoUnreadable',
  'photoExpired',
] as const;
export type NoteCode = (typeof NOTE_CODES)[number];

/** Why a picture could not be kept. */
export const REFUSALS = ['notAnImage', 'tooSmall', 'tooBig', 'unreadable', 'expired'] as const;
export type Refusal = (typeof REFUSALS)[number];

/** What may make a kept photo fail the review. */
export const WEAKNESSES = ['dark', 'blurry', 'small'] as const;
export type Weakness = (typeof WEAKNESSES)[number];

/** Something that is not there yet. */
export const MISSING_CODES = ['form', 'storefront', 'context', 'closeup', 'code', 'answerToQuestion'] as const;
export type MissingCode = (typeof MISSING_CODES)[number];

/** Against the deployment policy, it cannot be submitted like this; and what may fail the review, the person decides. */
export type { DoubtCode, ViolationCode } from '../domain/policy.ts';
export { DOUBT_CLAUSES, VIOLATION_CLAUSES } from '../domain/policy.ts';
