import { AppError } from '@field/kit/errors';

/** A file that cannot be landed; `why` goes on as "quarantined because …". */
export function refused(why: string): AppError {
  return new AppError('file.refused', { why });
}
