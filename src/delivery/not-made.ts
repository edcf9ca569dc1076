import type { AppError, ErrorCode } from '@field/kit/errors';
import { CallOut } from '../platform/call-out.ts';

/** What is answered without anything being done. */
const NOT_MADE: ReadonlySet<ErrorCode> = new Set([
  'budget.spent',
  'dingtalk.busy',
  'dingtalk.quotaUsedUp',
  'dingtalk.tokenExpired',
]);

/** Whether a call that failed surely did nothing. */
export function wasNotMade({ code, kind }: Pick<AppError, 'code' | 'kind'>): boolean {
  return kind === 'configuration' || NOT_MADE.has(code);
}

/** The store did not do something that a call, or what follows it, needs. */
export function isOfTheStore({ code }: Pick<AppError, 'code'>): boolean {
  return code.startsWith('store.');
}

/** Whether a failure may be the fault of the one thing that failed, so that it is tried less often than others. */
export function countsAsFailure(error: AppError): boolean {
  if (error instanceof CallOut) return error.alone;
  return error.kind !== 'configuration' && !isOfTheStore(error);
}
