import { AppError } from '@field/kit/errors';

/** What an operator cannot have done with a daily file, and what to do instead. */
export function cannot(say: string): AppError {
  return new AppError('daily.cannot', { say });
}
