import { AppError } from '@field/kit/errors';
import type { SFTPWrapper } from 'ssh2';
import { within } from '../../../work/within.ts';

/** A file on an SFTP server. */
export interface RemoteFile {
  readonly name: string;
  readonly size: number;
  /** Seconds since 1970: the protocol has no less. */
  readonly mtime: number;
}

/**
 * What is done on an SFTP server, each within its time: one that hangs throws `sftp.unreachable` like one that is gone. Paths are whole,
 * with `/`.
 */
export interface Remote {
  /** The regular files of a folder. Throws `sftp.noFolder` when it is not there. */
  list(folder: string): Promise<readonly RemoteFile[]>;
  /** A regular file; undefined when there is none. */
  stat(path: string): Promise<RemoteFile | undefined>;
  read(path: string): AsyncGenerator<Buffer>;
  write(path: string, body: AsyncIterable<Buffer>): Promise<void>;
  /** Throws when there is something of that name. */
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** Makes the folder unless it is there. Throws `sftp.noFolder` when what should hold it is not. */
  makeFolder(path: string): Promise<void>;
  /** Whether it can still be asked. */
  isOpen(): boolean;
  close(): void;
}

const PIECE_BYTES = 32 * 1024;
/** So many are asked for, or sent, before the first is answered: a server far away takes its time for each answer. */
const AT_ONCE = 16;
/** Of the protocol (SSH_FX_NO_SUCH_FILE). */
const NO_SUCH_FILE = 2;

type Done<T> = (error: Error | null | undefined, value: T) => void;

/** The connection that it stands on. */
export interface Underlying {
  end(): void;
  /** Called when it has ended, for whatever reason. */
  onClose(ended: () => void): void;
}

/** The operations of a connection. */
export function remoteOf(sftp: SFTPWrapper, longestMs: number, { end, onClose }: Underlying): Remote {
  let isOpen = true;
  const waiting = new Set<(gone: Error) => void>();
  onClose(() => {
    isOpen = false;
    for (const giveUp of waiting) giveUp(new AppError('sftp.unreachable', { why: 'gone' }));
  });

  /** One question and its answer. */
  async function asked<T>(ask: (done: Done<T>) => void): Promise<T> {
    if (!isOpen) throw new AppError('sftp.unreachable', { why: 'gone' });
    let giveUp: ((gone: Error) => void) | undefined;
    const answer = new Promise<{ readonly value: T }>((resolve, reject) => {
      giveUp = reject;
      waiting.add(reject);
      ask((error, value) => (error ? reject(error) : resolve({ value })));
    });
    const told = await within(longestMs, answer.catch(asUnreachable), undefined).finally(() => {
      if (giveUp) waiting.delete(giveUp);
    });
    if (told !== undefined) return told.value;
    end();
    throw new AppError('sftp.unreachable', { why: 'no answer' });
  }

  /** Nothing behind the end of the file. */
  function pieceAt(handle: Buffer, at: number): Promise<Buffer> {
    const piece = Buffer.alloc(PIECE_BYTES);
    const bytes = asked<number>((done) => sftp.read(handle, piece, 0, PIECE_BYTES, at, done));
    return heard(bytes.then((count) => piece.subarray(0, count)));
  }

  function putAt(handle: Buffer, piece: Buffer, at: number): Promise<void> {
    return heard(
      asked<void>((done) => sftp.write(handle, piece, 0, piece.length, at, (error) => done(error, undefined))),
    );
  }

  async function stat(path: string): Promise<RemoteFile | undefined> {
    const found = await unlessMissing(asked<Attributes>((done) => sftp.lstat(path, done)));
    if (found === undefined || !found.isFile()) return undefined;
    return { name: path.slice(path.lastIndexOf('/') + 1), size: found.size, mtime: found.mtime };
  }

  return {
    async list(folder) {
      const entries = await unlessMissing(asked<readonly Entry[]>((done) => sftp.readdir(folder, done)));
      if (entries === undefined) throw new AppError('sftp.noFolder', { folder });
      return entries
        .filter(({ attrs }) => attrs.isFile())
        .map(({ filename: name, attrs: { size, mtime } }) => ({ name, size, mtime }));
    },
    stat,
    async *read(path) {
      const handle = await asked<Buffer>((done) => sftp.open(path, 'r', done));
      const ahead: Promise<Buffer>[] = [];
      try {
        for (let [at, next] = [0, 0]; ; ) {
          for (; ahead.length < AT_ONCE; next += PIECE_BYTES) ahead.push(pieceAt(handle, next));
          const piece = await ahead.shift();
          if (piece === undefined || piece.length === 0) return;
          at += piece.length;
          yield piece;
          if (piece.length === PIECE_BYTES) continue;
          // what was asked for does not follow on less than was asked for
          await Promise.all(ahead.splice(0));
          next = at;
        }
      } finally {
        await Promise.allSettled(ahead);
        await asked<void>((done) => sftp.close(handle, (error) => done(error, undefined))).catch(() => undefined);
      }
    },
    async write(path, body) {
      const handle = await asked<Buffer>((done) => sftp.open(path, 'w', done));
      const under: Promise<void>[] = [];
      let at = 0;
      for await (const piece of body) {
        if (piece.length === 0) continue;
        under.push(putAt(handle, piece, at));
        at += piece.length;
        if (under.length >= AT_ONCE) await under.shift();
      }
      await Promise.all(under);
      await asked<void>((done) => sftp.close(handle, (error) => done(error, undefined)));
    },
    rename: (from, to) => asked<void>((done) => sftp.rename(from, to, (error) => done(error, undefined))),
    remove: (path) => asked<void>((done) => sftp.unlink(path, (error) => done(error, undefined))),
    async makeFolder(path) {
      const found = await unlessMissing(asked<Attributes>((done) => sftp.stat(path, done)));
      if (found !== undefined) return;
      const made = await unlessMissing(
        asked<unknown>((done) => sftp.mkdir(path, (error) => done(error, path))).then(() => true),
      );
      if (made === undefined) throw new AppError('sftp.noFolder', { folder: path });
    },
    isOpen: () => isOpen,
    close: end,
  };
}

interface Attributes {
  readonly size: number;
  readonly mtime: number;
  isFile(): boolean;
}

interface Entry {
  readonly filename: string;
  readonly attrs: Attributes;
}

/** It may fail before it is waited for. */
function heard<T>(answer: Promise<T>): Promise<T> {
  answer.catch(() => undefined);
  return answer;
}

/** What the server refuses keeps its code; what ended with the connection has none. */
function asUnreachable(thrown: unknown): never {
  if (thrown instanceof AppError) throw thrown;
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'gone';
  throw new AppError('sftp.unreachable', { why: code }, { cause: thrown });
}

async function unlessMissing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.details.why === String(NO_SUCH_FILE)) return undefined;
    throw thrown;
  }
}
