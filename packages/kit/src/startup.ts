import { once } from 'node:events';
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { inspect } from 'node:util';
import { SAVE_REMEDIES, whyNotSaved } from './cannot-save.ts';
import { AppError, type ErrorCode } from './errors.ts';

/** What to tell the person at the terminal when a start failed: plain lines where the cause is known, else the stack. */
export function problemOf(error: unknown): string {
  const why = whyNotSaved(error);
  if (why !== undefined) return `${SAVE_REMEDIES[why]} Then start again.`;
  if (error instanceof AppError && typeof error.details.say === 'string') return error.details.say;
  if (error instanceof AppError && error.kind !== 'bug') return error.message;
  if (error instanceof Error) return error.stack ?? error.message;
  return typeof error === 'string' ? error : inspect(error);
}

/** The exit code of a process that can never work as it is set up (`EX_CONFIG` of BSD's sysexits): who starts it again need not. */
export const CANNOT_WORK = 78;
/** A folder or port that is taken is none of these: a process that is just ending may have it for a moment. */
const NOT_BY_ITSELF: readonly ErrorCode[] = [
  'config.invalid',
  'store.tooNew',
  'store.duplicates',
  'store.damaged',
  'store.copiedAtWork',
  'sealed.unreadable',
  'programme.wrong',
  'programme.unreadable',
];

/** With which code to exit when a start failed. */
export function exitCodeOf(error: unknown): number {
  return error instanceof AppError && NOT_BY_ITSELF.includes(error.code) ? CANNOT_WORK : 1;
}

/** Throws `folder.unwritable` unless files can be made in `folder`; the folder is made when it is not there. */
export function assertWritable(folder: string): void {
  try {
    makeFolder(folder);
    accessSync(folder, constants.W_OK);
  } catch (error) {
    const say = `The folder ${folder} cannot be written. Make it writable, or set DATA_DIR to another.`;
    throw new AppError('folder.unwritable', { folder, say }, { cause: error });
  }
}

/** With the folders above it; one by one, since Node tries for ever to make a folder below one that takes none, as `/proc` does. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  }
}

/** Throws `port.taken` unless `port` can be opened on this machine; `variable` is what the operator sets to choose another. */
export async function assertPortFree(port: number, variable: string): Promise<void> {
  const probe = createServer();
  try {
    probe.listen(port, '127.0.0.1');
    await once(probe, 'listening');
  } catch (error) {
    throw portTaken(port, variable, error);
  } finally {
    probe.close();
  }
}

/** Whoever has the port already may not answer; that it is taken is said elsewhere. */
const SILENT_MS = 500;

/**
 * Throws `config.invalid` for one of the ports that every browser refuses, and `fetch` with them (4190, 6000 …): what listens there is
 * reached by nobody. Nothing need listen yet.
 */
export async function assertBrowsersOpen(port: number, variable: string): Promise<void> {
  const refused = await fetch(`http://127.0.0.1:${port}/`, {
    method: 'HEAD',
    signal: AbortSignal.timeout(SILENT_MS),
  }).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(refused instanceof Error && refused.cause instanceof Error && refused.cause.message === 'bad port')) return;
  const say = `No browser opens port ${port}. Set ${variable} to another.`;
  throw new AppError('config.invalid', { port, say }, { cause: refused });
}

/** The error for a port that could not be opened, with what to do. */
export function portTaken(port: number, variable: string, cause: unknown): AppError {
  const denied = cause instanceof Error && 'code' in cause && cause.code === 'EACCES';
  const say = denied
    ? `Port ${port} may not be opened by this user. Set ${variable} to one above 1023.`
    : `Port ${port} is already in use. Stop what uses it, or set ${variable} to another.`;
  return new AppError('port.taken', { port, say }, { cause });
}
