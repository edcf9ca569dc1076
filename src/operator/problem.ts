import { SAVE_REMEDIES, whyNotSaved } from '@field/kit/cannot-save';
import { type AppError, asAppError, type ErrorCode } from '@field/kit/errors';

/** What went wrong with a command. */
export interface Problem {
  readonly code: ErrorCode;
  /** What the operator reads: which mistake it is, and what to do. */
  readonly sentences: string;
  /** Where in the code it went wrong at first. */
  readonly stack: string;
}

export function toProblem(thrown: unknown): Problem {
  const error = asAppError(thrown);
  const origin = error.cause instanceof Error ? error.cause : error;
  return { code: error.code, sentences: sentencesFor(error, origin), stack: origin.stack ?? origin.message };
}

function sentencesFor({ code, kind, details, message }: AppError, origin: Error): string {
  const why = whyNotSaved(origin);
  if (why !== undefined) return SAVE_REMEDIES[why];
  if (typeof details.say === 'string') return details.say;
  if (code === 'store.transient') return 'The store does not answer, or is too busy. Try again in a moment.';
  return kind === 'bug' ? `This should not happen: ${origin.message} (--verbose tells where).` : message;
}
