import type { Clock } from '@field/kit/clock';
import { AppError, asAppError } from '@field/kit/errors';
import type { IdSource } from '@field/kit/ids';
import type { Logger } from '@field/kit/log';
import { dropLease, holdLease } from '../../../../models/leases.ts';
import type { InFlight } from '../../../work/in-flight.ts';
import { createSingleWorker } from '../../../work/single-worker.ts';
import { type BringInOptions, createBringIn } from './bring-in.ts';
import { assertKeyReads, connectSftp, type SftpServer } from './connect.ts';
import type { Remote } from './remote.ts';
import { createSendOut, type SendOutOptions } from './send-out.ts';

export interface SftpOptions {
  readonly server: SftpServer;
  readonly bringIn?: Pick<BringInOptions, 'folder' | 'intake' | 'notes' | 'taken'> | undefined;
  readonly sendOut?: Pick<SendOutOptions, 'folder' | 'outgoing' | 'notes' | 'photoNotes'> | undefined;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Logger;
  readonly inFlight: InFlight;
  readonly looks?: Looks | undefined;
  /** A server that does not answer for so long is taken for gone. */
  readonly longestMs?: number | undefined;
}

/** When the server is looked at. */
interface Looks {
  readonly everyMs: number;
  /** While a file of ours lies there. */
  readonly soonMs: number;
  /** For so long at least a file looks the same before it is fetched. */
  readonly settledMs: number;
}

/** Files that come and go over an SFTP server, looked at again and again. */
export interface Sftp {
  wake(): void;
  /** What is wrong, in words for the operator. */
  fault(): string | undefined;
  close(): Promise<void>;
}

/** One process fetches, and goes on doing so as long as it lives: what it fetched is in its own folder, and so is what became of it. */
const LEASE = 'sftp';
const LEASE_MS = 60_000;
const LOOKS: Looks = { everyMs: 20_000, soonMs: 5_000, settledMs: 15_000 };
const LONGEST_MS = 30_000;
/** Who tries a wrong password again and again is shut out by many servers. */
const AFTER_REFUSAL_MS = 5 * 60_000;

/** Throws `config.invalid` when the key is none. */
export function createSftp(options: SftpOptions): Sftp {
  const { server, clock, log, looks = LOOKS, longestMs = LONGEST_MS } = options;
  assertKeyReads(server);
  const token = options.ids.lease();
  let renewAt = 0;
  const closing = new AbortController();
  /** Kept from one look to the next. */
  let remote: Remote | undefined;
  let fault: string | undefined;
  const bringIn =
    options.bringIn &&
    createBringIn({ ...options.bringIn, stillMine, machine: () => clock.machine(), log, settledMs: looks.settledMs });
  const sendOut = options.sendOut && createSendOut({ ...options.sendOut, log });

  const work = createSingleWorker({
    name: 'sftp',
    inFlight: options.inFlight,
    async round() {
      const isFetching = bringIn !== undefined && (await hold());
      if (!remote?.isOpen()) remote = await connectSftp(server, longestMs, closing.signal);
      // what is wrong with one way keeps nothing from going the other
      const [fetching] = await Promise.allSettled([isFetching ? bringIn.look(remote) : false]);
      await sendOut?.look(remote);
      if (fetching.status === 'rejected') throw fetching.reason;
      if (fault !== undefined) log.info('sftp.worksAgain');
      fault = undefined;
      work.wakeIn(fetching.value ? looks.soonMs : looks.everyMs);
    },
    failed(thrown) {
      // the next look begins anew: a read that was broken off leaves its answers behind
      remote?.close();
      if (work.isClosed()) return;
      const error = asAppError(thrown);
      const found = wordsFor(error, server);
      // said once, until it is something else
      if (found !== fault) log.error({ code: error.code, ...error.details, err: error.cause ?? error }, 'sftp.failed');
      fault = found;
      work.wakeIn(error.code === 'sftp.notLetIn' ? AFTER_REFUSAL_MS : looks.everyMs);
    },
  });

  async function hold(): Promise<boolean> {
    renewAt = clock.machine() + LEASE_MS / 4;
    return await holdLease(LEASE, token, clock.machine(), LEASE_MS);
  }

  async function stillMine(): Promise<void> {
    if (!work.isClosed() && clock.machine() < renewAt) return;
    if (work.isClosed() || !(await hold())) throw new AppError('lease.lost');
  }

  return {
    wake: work.wake,
    fault: () => fault,
    async close() {
      const ended = work.close();
      closing.abort();
      await ended;
      await dropLease(LEASE, token);
    },
  };
}

/** What is wrong and what to do about it. */
function wordsFor({ code, details }: AppError, { host, port, user }: SftpServer): string {
  if (code === 'sftp.hostKey') {
    return `${host} has another host key than SFTP_HOST_KEY says (${details.presented}): ask whoever runs it before you change the setting.`;
  }
  if (code === 'sftp.notLetIn') return `${host} does not let ${user} in: see SFTP_USER and its key or password.`;
  if (code === 'sftp.noFolder')
    return `${host} has no folder ${details.folder}: make it there, or put SFTP_IN and SFTP_OUT right.`;
  if (code === 'sftp.notWhole')
    return `${details.file} did not come whole to ${host}, or another file has its name there.`;
  if (code === 'sftp.unreachable') return `${host}:${port} does not answer, or refuses what is asked of it.`;
  return 'It does not work now; the log says why.';
}
