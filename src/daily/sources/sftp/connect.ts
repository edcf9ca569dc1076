import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { AppError, asAppError } from '@field/kit/errors';
import { present } from '@field/kit/present';
import type { ServerHostKeyAlgorithm, SFTPWrapper } from 'ssh2';
import { type Remote, remoteOf } from './remote.ts';

/** An SFTP server, and who we are there. */
export interface SftpServer {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** Its host keys as `ssh-keygen -l` shows them, `SHA256:…`: one of them it must have. */
  readonly hostKeys: readonly string[];
  /** A private key without a passphrase, else a password. */
  readonly key?: Buffer | undefined;
  readonly password?: string | undefined;
}

const require = createRequire(import.meta.url);
/** Loaded by whoever has an SFTP server, for it takes its time; as it stands in its package, which looks for machine code that may be there. */
function ssh2(): typeof import('ssh2') {
  return require('ssh2') as typeof import('ssh2');
}

const CONNECTED_WITHIN_MS = 20_000;
const ALIVE_EVERY_MS = 10_000;

/** A server has a host key of each of these kinds, or some, and shows the one that is asked for. */
const KINDS: readonly (readonly ServerHostKeyAlgorithm[])[] = [
  ['ssh-ed25519'],
  ['ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp521'],
  ['rsa-sha2-512', 'rsa-sha2-256'],
];

/**
 * Connects, and lets nobody pass for the server: what has another host key is told nothing, no name and no password. Throws `sftp.hostKey`,
 * `sftp.notLetIn`, or `sftp.unreachable`, also where the server takes longer than `longestMs` for one answer. `signal` ends it.
 */
export async function connectSftp(server: SftpServer, longestMs: number, signal: AbortSignal): Promise<Remote> {
  let first: AppError | undefined;
  for (const kind of KINDS) {
    try {
      return await connectBy(kind, server, longestMs, signal);
    } catch (thrown) {
      const error = asAppError(thrown);
      // of another kind it may have the key that was set
      if (error.code !== 'sftp.hostKey' && error.code !== 'sftp.noSuchKey') throw error;
      if (error.code === 'sftp.hostKey') first ??= error;
    }
  }
  throw first ?? new AppError('sftp.unreachable', { host: server.host });
}

async function connectBy(
  serverHostKey: readonly ServerHostKeyAlgorithm[],
  server: SftpServer,
  longestMs: number,
  signal: AbortSignal,
): Promise<Remote> {
  const { host, port, user: username, hostKeys, key: privateKey, password } = server;
  const client = new (ssh2().Client)();
  const end = (): void => void client.destroy();
  signal.addEventListener('abort', end, { once: true });
  client.once('close', () => signal.removeEventListener('abort', end));
  let presented: string | undefined;
  // it comes again when an open connection breaks: whoever waits for an answer hears of that by itself
  client.on('error', () => undefined);
  try {
    const sftp = await new Promise<SFTPWrapper>((resolve, reject) => {
      client.once('error', reject);
      client.once('close', () => reject(new Error('closed')));
      client.once('ready', () => {
        // each question is small, and its answer waited for
        client.setNoDelay();
        client.sftp((error, opened) => (error ? reject(error) : resolve(opened)));
      });
      client.connect({
        host,
        port,
        username,
        ...present({ privateKey, password }),
        readyTimeout: Math.min(CONNECTED_WITHIN_MS, longestMs),
        keepaliveInterval: ALIVE_EVERY_MS,
        keepaliveCountMax: 3,
        algorithms: { serverHostKey: [...serverHostKey] },
        hostVerifier: (hostKey: Buffer) => {
          presented = fingerprintOf(hostKey);
          return hostKeys.includes(presented);
        },
      });
    });
    return remoteOf(sftp, longestMs, { end, onClose: (ended) => void client.once('close', ended) });
  } catch (thrown) {
    client.destroy();
    const isOther = presented !== undefined && !hostKeys.includes(presented);
    if (isOther) throw new AppError('sftp.hostKey', present({ host, presented }), { cause: thrown });
    if (isOfLevel(thrown, 'client-authentication')) throw new AppError('sftp.notLetIn', { host }, { cause: thrown });
    const isNoKind = isOfLevel(thrown, 'handshake') && /host key/.test(String(thrown));
    throw new AppError(isNoKind ? 'sftp.noSuchKey' : 'sftp.unreachable', { host }, { cause: thrown });
  }
}

/** Throws `config.invalid` when the private key is none that can be used. */
export function assertKeyReads({ key }: Pick<SftpServer, 'key'>): void {
  const parsed = key === undefined ? undefined : ssh2().utils.parseKey(key);
  if (!(parsed instanceof Error)) return;
  const say = 'SFTP_KEY_FILE must be a private key without a passphrase, as ssh-keygen -t ed25519 makes one.';
  throw new AppError('config.invalid', { say }, { cause: parsed });
}

/** As OpenSSH writes it. */
export function fingerprintOf(hostKey: Buffer): string {
  return `SHA256:${createHash('sha256').update(hostKey).digest('base64').replace(/=+$/, '')}`;
}

function isOfLevel(thrown: unknown, level: string): boolean {
  return thrown instanceof Error && 'level' in thrown && thrown.level === level;
}
