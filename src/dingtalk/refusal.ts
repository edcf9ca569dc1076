import { AppError, type CodeOf } from '@field/kit/errors';
import { present } from '@field/kit/present';

/** After "too many a second" the window is over in a second; a banned address is let in again after five minutes. */
const WINDOW_MS = 1_000;
const BANNED_MS = 300_000;
/** The month's calls are used up until it ends, or until the organisation buys more: nobody says when that is. */
const QUOTA_MS = 3_600_000;
/** A page instead of JSON is a ban or a broken proxy; which of them cannot be told. */
const PAGE_MS = 30_000;

const TOO_FAST = /Q[pP][sSmM]Limit|\.tooFast$|\.too\.fast$|[Tt]hrottl|\.(flowControl|lock)Error$/;
/** Codes of the old API that say the same in numbers (dingtalk 5): of this app, this organisation, this address, or all together. */
const OLD_TOO_FAST = /^(900(0\d|1[0-8])|45009)$/;
const OLD_LATER = new Set(['-1', '15', '88']);
const OLD_QUOTA = '90020';
const OLD_TOKEN = new Set(['40014', '42001', '40001', '41001']);

/** What an operator must mend in DingTalk's console (dingtalk 3), as the new API and the old one say it. */
const CONFIGURATION: readonly (readonly [RegExp, CodeOf<'configuration'>])[] = [
  [/AccessTokenPermissionDenied$|^60011$/, 'dingtalk.permission'],
  [/IpNotInWhiteList$|^60020$/, 'dingtalk.ipNotListed'],
  [/^(48002|50003|50005)$/, 'dingtalk.appStopped'],
  [/^param\.template(NotExist|Unpublished)$/, 'dingtalk.template'],
  [
    /[rR]obotCode(\.(auth|empty|invalid|missing|notExsit))?$|^param\.robotCode|robot\.?(oto\.)?[nN]ot[eE]xist|robotCodeNotMatch|robotIsStop|^bot\.stopped$|notAllow\.sendOTO$/,
    'dingtalk.robotCode',
  ],
];

/**
 * What an error answer of DingTalk means for us (dingtalk 3.2, 5): `status` of HTTP, `code` of the body, both where known. A
 * `retryable` answer carries `retryAfterMs` where DingTalk says how long. Nothing else of the body is kept.
 */
export function refusal(status: number | undefined, code: string | undefined, options?: { cause?: unknown }): AppError {
  const details = present({ status, code: code === undefined ? undefined : tame(code) });
  const known = code ?? '';
  if (known.includes('invalidClient')) return new AppError('dingtalk.credentials', details, options);
  if (status === 401 || known === 'InvalidAuthentication' || OLD_TOKEN.has(known)) {
    return new AppError('dingtalk.tokenExpired', details, options);
  }
  if (known.includes('ApiCountLimit') || known === OLD_QUOTA) {
    return new AppError('dingtalk.quotaUsedUp', { ...details, retryAfterMs: QUOTA_MS }, options);
  }
  if (TOO_FAST.test(known) || OLD_TOO_FAST.test(known)) {
    return new AppError('dingtalk.busy', { ...details, retryAfterMs: WINDOW_MS }, options);
  }
  if (status === 504 || status === 408) return new AppError('dingtalk.unreachable', details, options);
  if (status === 429) return new AppError('dingtalk.busy', { ...details, retryAfterMs: WINDOW_MS }, options);
  if ((status ?? 0) >= 500 || OLD_LATER.has(known)) return new AppError('dingtalk.failed', details, options);
  const wrong = CONFIGURATION.find(([pattern]) => pattern.test(known))?.[1];
  if (wrong !== undefined) return new AppError(wrong, details, options);
  if (known === 'param.contentUnsafe') return new AppError('dingtalk.contentUnsafe', details, options);
  if (known === 'param.cardAlreadyExist') return new AppError('dingtalk.cardExists', details, options);
  return new AppError('dingtalk.refused', details, options);
}

/** The answer to an address that called far too often: `{"status":1111,…}` instead of anything the API documents. */
export function isBan(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'status' in body && Number(body.status) === 1111;
}

export function banned(): AppError {
  return new AppError('dingtalk.busy', { reason: 'banned', retryAfterMs: BANNED_MS });
}

/** Something came back, but not JSON. */
export function notJson(): AppError {
  return new AppError('dingtalk.failed', { reason: 'notJson', retryAfterMs: PAGE_MS });
}

/** More came back than any answer has: nothing of it is kept. */
export function tooLong(): AppError {
  return new AppError('dingtalk.failed', { reason: 'tooLong', retryAfterMs: PAGE_MS });
}

/** A code is a short word; anything else that stands in its place stays out of the logs. */
function tame(code: string): string {
  return /^[\w.-]{1,80}$/.test(code) ? code : 'unreadable';
}
