/** Why nothing can be written: the disk is full (or what this process may use of it is), or it fails. */
export type CannotSave = 'full' | 'failing';

const OUT_OF_DISK_SPACE = 14031;
const FILE_STREAM_FAILED = 39;
const REASONS = new Map<unknown, CannotSave>([
  ['ENOSPC', 'full'],
  ['EDQUOT', 'full'],
  ['EFBIG', 'full'],
  ['SQLITE_FULL', 'full'],
  // MongoDB's own, which the embedded store answers as well
  [OUT_OF_DISK_SPACE, 'full'],
  ['EIO', 'failing'],
  ['EROFS', 'failing'],
  [FILE_STREAM_FAILED, 'failing'],
]);

/** Whether what was thrown, or what caused it, says that nothing can be written; by the names of Node, SQLite and MongoDB. */
export function whyNotSaved(thrown: unknown): CannotSave | undefined {
  if (!(thrown instanceof Error)) return undefined;
  const code = 'code' in thrown ? thrown.code : undefined;
  if (code === 'store.cannotSave' && 'details' in thrown) return named(thrown.details);
  if (typeof code === 'string' && /^SQLITE_(IOERR|READONLY|CANTOPEN)/.test(code)) return 'failing';
  return REASONS.get(code) ?? whyNotSaved(thrown.cause);
}

/** An error of the catalogue says it by name. */
function named(details: unknown): CannotSave | undefined {
  const why = typeof details === 'object' && details !== null && 'why' in details ? details.why : undefined;
  return why === 'full' || why === 'failing' ? why : undefined;
}

/** What to do about it, for the operator. */
export const SAVE_REMEDIES: Readonly<Record<CannotSave, string>> = {
  full: 'There is no room left on the disk of DATA_DIR (or of the database). Make room there.',
  failing:
    'The disk of DATA_DIR (or of the database) cannot be written. See whether it is mounted for writing and sound.',
};
