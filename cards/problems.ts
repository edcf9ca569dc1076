import type { ProblemCode } from '../src/flow/codes.ts';
import type { T } from './text.ts';
import type { TextKey } from './text-key.ts';

/** What was wrong with an answer, and with which field. */
export interface ProblemModel {
  readonly code: ProblemCode;
  readonly field?: string | undefined;
  /** The longest, smallest or largest that is taken. */
  readonly limit?: number | undefined;
}

const PROBLEM_TEXTS: Readonly<Record<ProblemCode, TextKey>> = {
  codeChat: 'problem.codeChat',
  codeForeign: 'problem.codeForeign',
  codePayment: 'problem.codePayment',
  codeUsedInThisPromotion: 'problem.codeUsedInThisPromotion',
  codeWallet: 'problem.codeWallet',
  isoUnknown: 'problem.isoUnknown',
  lastSpot: 'problem.lastSpot',
  mustAgree: 'problem.mustAgree',
  nobodyNamed: 'problem.nobodyNamed',
  notAChoice: 'problem.notAChoice',
  notADate: 'problem.notADate',
  notANumber: 'problem.notANumber',
  notAPhone: 'problem.notAPhone',
  notAPhoneOrEmail: 'problem.notAPhoneOrEmail',
  notAnAmount: 'problem.notAnAmount',
  notAnEmail: 'problem.notAnEmail',
  nothingThere: 'problem.nothingThere',
  phonePending: 'problem.phonePending',
  reasonMissing: 'problem.reasonMissing',
  required: 'problem.required',
  tooHigh: 'problem.tooHigh',
  tooLong: 'problem.tooLong',
  tooLow: 'problem.tooLow',
  tooManySpots: 'problem.tooManySpots',
};

/** What was wrong and what to do now. It holds nothing that was typed: the same sentence in markdown and in HTML. */
export function problemText(t: T, { code, limit = 0 }: Pick<ProblemModel, 'code' | 'limit'>): string {
  return t(PROBLEM_TEXTS[code], { limit });
}
