import { whyNotSaved } from '@field/kit/cannot-save';
import { isDamage } from './check.ts';
import type { Doc } from './engine/doc.ts';
import { MongoError } from './engine/mongo-error.ts';
import { damaged } from './engine/seal.ts';

/** The answer of a command that failed. */
export function answerOf(failure: unknown): Doc {
  const known = failure instanceof MongoError ? failure : ofTheDisk(failure);
  return { ok: 0, errmsg: known.message, ...known.told };
}

/** What SQLite could not do: MongoDB's own error where its disk is full, fails or kept something else, and nothing was changed. */
function ofTheDisk(failure: unknown): MongoError {
  const said = String(failure);
  if (isDamage(failure)) return damaged(said);
  const why = whyNotSaved(failure);
  if (why === undefined) return new MongoError(1, 'InternalError', said);
  return why === 'full' ? new MongoError(14031, 'OutOfDiskSpace', said) : new MongoError(39, 'FileStreamFailed', said);
}
