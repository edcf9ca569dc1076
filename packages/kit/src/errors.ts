import { whyNotSaved } from './cannot-save.ts';

/**
 * Every error the product raises on purpose, declared once. The kind alone decides what happens next:
 *
 * - `user`: the person can mend it; the card asks again.
 * - `conflict`: what the person saw is out of date; the card is redrawn.
 * - `retryable`: it may work later; tried again with back-off and jitter.
 * - `configuration`: an operator must mend it in DingTalk first; held, tried again now and then, never given up.
 * - `permanent`: it will never work; it stops and an operator is told.
 * - `bug`: ours; logged with the correlation id, the person reads a neutral sentence.
 */
export type ErrorKind = 'user' | 'conflict' | 'retryable' | 'configuration' | 'permanent' | 'bug';

export const CATALOGUE = {
  // what a person can mend
  'picture.notAnImage': 'user',
  'picture.unsupportedFormat': 'user',
  'picture.tooSmall': 'user',
  'picture.tooBig': 'user',
  'picture.tooHeavy': 'user',
  'picture.unreadable': 'user',
  'picture.cannotBeRead': 'user',
  'picture.expired': 'user',
  // what an operator can mend
  'usage.wrong': 'user',
  'iso.exists': 'user',
  'iso.unknown': 'user',
  'person.unknown': 'user',
  'picture.notAside': 'user',
  'picture.cannotBeUsed': 'user',
  'codes.unknownKind': 'user',
  'codes.notRead': 'user',
  'person.elsewhere': 'user',
  'person.cannot': 'user',
  'account.cannot': 'user',
  'stock.cannot': 'user',
  'admin.unknown': 'user',
  'admin.last': 'user',
  'letter.unknown': 'user',
  'number.unknown': 'user',
  'daily.cannot': 'user',
  'export.cannot': 'user',
  'backup.cannot': 'user',
  'webhook.unknown': 'user',
  'bot.neverStarted': 'user',
  'file.unwritable': 'user',
  'programme.wrong': 'user',
  'programme.unknown': 'user',
  // what moved on meanwhile
  'subject.stale': 'conflict',
  'subject.lostRace': 'conflict',
  'tap.duplicate': 'conflict',
  'lane.lost': 'conflict',
  'lease.lost': 'conflict',
  // what may work later
  'dingtalk.unreachable': 'retryable',
  'dingtalk.busy': 'retryable',
  'dingtalk.failed': 'retryable',
  'dingtalk.tokenExpired': 'retryable',
  'dingtalk.undelivered': 'retryable',
  'dingtalk.quotaUsedUp': 'retryable',
  'budget.spent': 'retryable',
  'file.unreachable': 'retryable',
  'sftp.unreachable': 'retryable',
  'sftp.hostKey': 'retryable',
  'sftp.noSuchKey': 'retryable',
  'sftp.notLetIn': 'retryable',
  'sftp.noFolder': 'retryable',
  'sftp.notWhole': 'retryable',
  'sftp.changed': 'retryable',
  'checker.died': 'retryable',
  'store.transient': 'retryable',
  'store.cannotSave': 'retryable',
  'store.migrating': 'retryable',
  'store.unreachable': 'retryable',
  // what waits for an operator
  'dingtalk.permission': 'configuration',
  'dingtalk.template': 'configuration',
  'dingtalk.robotCode': 'configuration',
  'dingtalk.credentials': 'configuration',
  'dingtalk.ipNotListed': 'configuration',
  'dingtalk.appStopped': 'configuration',
  'contact.notPermitted': 'configuration',
  'contact.organisationFull': 'configuration',
  // what will not
  'dingtalk.refused': 'permanent',
  'dingtalk.contentUnsafe': 'permanent',
  'dingtalk.cardExists': 'permanent',
  'contact.badNumber': 'permanent',
  'contact.tooManyOrganisations': 'permanent',
  'config.invalid': 'permanent',
  'bot.cannotWork': 'permanent',
  'photo.missing': 'permanent',
  'file.refused': 'permanent',
  'folder.locked': 'permanent',
  'folder.unwritable': 'permanent',
  'port.taken': 'permanent',
  'sealed.unreadable': 'permanent',
  'store.tooNew': 'permanent',
  'programme.unreadable': 'permanent',
  'store.duplicates': 'permanent',
  'store.damaged': 'permanent',
  'store.copiedAtWork': 'permanent',
  'backup.damaged': 'permanent',
  'frame.malformed': 'permanent',
  // ours
  'bug.unexpected': 'bug',
} as const satisfies Record<string, ErrorKind>;

/** A stable name of one failure, as it stands in logs and dead letters. */
export type ErrorCode = keyof typeof CATALOGUE;

/** The codes of one kind. */
export type CodeOf<Kind extends ErrorKind> = {
  [Code in ErrorCode]: (typeof CATALOGUE)[Code] extends Kind ? Code : never;
}[ErrorCode];

/** A failure that the product knows by name. Retry policy and cards read `kind`, never the message. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly kind: ErrorKind;
  readonly details: Readonly<Record<string, string | number>>;

  constructor(code: ErrorCode, details: Record<string, string | number> = {}, options?: { cause?: unknown }) {
    super(`${code}${Object.keys(details).length > 0 ? ` ${JSON.stringify(details)}` : ''}`, options);
    this.name = 'AppError';
    this.code = code;
    this.kind = CATALOGUE[code];
    this.details = details;
  }
}

/** Any thrown value as an `AppError`; what is not ours by name is a bug with the original as its cause. */
export function asAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const why = whyNotSaved(thrown);
  if (why !== undefined) return new AppError('store.cannotSave', { why }, { cause: thrown });
  return new AppError(isStoreTrouble(thrown) ? 'store.transient' : 'bug.unexpected', {}, { cause: thrown });
}

const UNREACHED = /^Mongo(ose)?(Network|ServerSelection|NotConnected|PoolCleared|WaitQueueTimeout|TopologyClosed)/;
const TRY_AGAIN = ['TransientTransactionError', 'UnknownTransactionCommitResult', 'RetryableWriteError'];
/**
 * What a server says that goes away, gives way, is too busy or was told to break off: HostUnreachable, HostNotFound, LockTimeout,
 * MaxTimeMSExpired, NetworkTimeout, ShutdownInProgress, WriteConflict, QueryPlanKilled, PrimarySteppedDown, ExceededTimeLimit,
 * SocketException, NotWritablePrimary, InterruptedAtShutdown, Interrupted, InterruptedDueToReplStateChange, NotPrimaryNoSecondaryOk,
 * NotPrimaryOrSecondary. With a read, and within a transaction, the driver gives some of them no label.
 */
const GIVES_WAY: ReadonlySet<unknown> = new Set([
  6, 7, 24, 50, 89, 91, 112, 175, 189, 262, 9001, 10_107, 11_600, 11_601, 11_602, 13_435, 13_436,
]);

/** Whether the database could not be reached or asks to try again, by the names that its driver gives. */
function isStoreTrouble(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  const code: unknown = 'code' in thrown ? thrown.code : undefined;
  if (/^Mongo(Server|BulkWrite)Error$/.test(thrown.name) && GIVES_WAY.has(code)) return true;
  // many writes at once are told of by one name, whatever they met: what has no code was said by no server
  if (thrown.name === 'MongoBulkWriteError' && code === undefined) return true;
  const labels: unknown = 'errorLabels' in thrown ? thrown.errorLabels : undefined;
  return UNREACHED.test(thrown.name) || (Array.isArray(labels) && TRY_AGAIN.some((label) => labels.includes(label)));
}
