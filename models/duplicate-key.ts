import { AppError, asAppError, type ErrorCode } from '@field/kit/errors';
import mongoose from 'mongoose';

const DUPLICATE_KEY = 11000;

/** Whether a unique index refused a write. */
export function isDuplicateKey(error: unknown): boolean {
  return error instanceof mongoose.mongo.MongoError && error.code === DUPLICATE_KEY;
}

/** Awaits a write inside a transaction; where a unique index refuses it, throws `code` with `details`. */
export async function orRefuse<T>(
  write: Promise<T>,
  code: ErrorCode,
  details: Record<string, string> = {},
): Promise<T> {
  try {
    return await write;
  } catch (error) {
    if (isDuplicateKey(error)) throw new AppError(code, details, { cause: error });
    throw error;
  }
}

/** What became of a write that a unique index may refuse outside a transaction: `false` when it did. */
export async function unlessDuplicate(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw asAppError(error).kind === 'bug' ? error : asAppError(error);
  }
}
