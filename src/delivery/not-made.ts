import type { AppError, ErrorCode } from '@field/kit/errors';

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
