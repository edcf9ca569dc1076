import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '@field/kit/errors';
import { STORE_FILE } from './check.ts';

/** While a store is open it stands beside it which file it is. */
const MARK = 'mongo.open';

/**
 * Throws 'store.copiedAtWork' where a folder was copied while its store was open, and without `mongo.db-wal`, in which what was saved last
 * stands: the mark came along, and names another file. Of one that was killed that file lies beside it still, or it is the same one.
 */
export function assertNotCopiedAtWork(dataDir: string): void {
  const mark = join(dataDir, MARK);
  const file = join(dataDir, STORE_FILE);
  if (!existsSync(mark) || !existsSync(file) || existsSync(`${file}-wal`)) return;
  if (isThatFile(readFileSync(mark, 'utf8').trim(), whichFile(file))) return;
  const say =
    `${dataDir} was copied while its bot was at work, and without mongo.db-wal: what was saved last is missing in it. ` +
    'Copy it again once that bot has ended, or restore a backup. ' +
    `If there is nothing to copy from any more, remove ${mark}: then it begins with what is there.`;
  throw new AppError('store.copiedAtWork', { file, say });
}

/** To be said once the store is open. */
export function markOpen(dataDir: string): void {
  writeFileSync(join(dataDir, MARK), `${whichFile(join(dataDir, STORE_FILE))}\n`);
}

/** To be said before it is closed. */
export function markClosed(dataDir: string): void {
  rmSync(join(dataDir, MARK), { force: true });
}

function whichFile(file: string): string {
  const { dev, ino, birthtimeNs } = statSync(file, { bigint: true });
  return `${dev}:${ino}:${birthtimeNs}`;
}

/**
 * By its number and when it was made: a copy has another of either. Devices are numbered anew when a machine starts, or a volume is mounted
 * elsewhere. A release before this one noted no time, and some file systems keep none: there the number has to do.
 */
function isThatFile(marked: string, now: string): boolean {
  const [, ino, made = '0'] = marked.split(':');
  const [, inoNow, madeNow = '0'] = now.split(':');
  return ino === inoNow && (made === madeNow || made === '0' || madeNow === '0');
}
