import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MovableClock } from '@field/kit/clock';
import { systemIds } from '@field/kit/ids';
import { createLog } from '@field/kit/log';
import { expect, onTestFinished } from 'vitest';
import { createArrivals } from '../../../src/daily/sources/arrived.ts';
import { createIntake } from '../../../src/daily/sources/intake.ts';
import { createNotes } from '../../../src/daily/sources/notes.ts';
import { broughtIn } from '../../../src/daily/sources/sftp/bring-in.ts';
import { sentNote } from '../../../src/daily/sources/sftp/send-out.ts';
import { createSftp, type Sftp } from '../../../src/daily/sources/sftp/sftp.ts';
import { createInFlight } from '../../../src/work/in-flight.ts';
import { SftpServer } from '../../support/sftp-server.ts';

const ACCOUNT = { user: 'field', password: 'of-the-test' };
const LOOK_EVERY_MS = 20;

/** An SFTP server with the folders `in` and `out`, and the product's own going back and forth between it and folders here. */
export class SftpHarness {
  readonly dir = mkdtempSync(join(tmpdir(), 'sftp-'));
  readonly incoming: string;
  readonly outgoing = join(this.dir, 'outgoing');
  readonly server = new SftpServer(join(this.dir, 'server'), ACCOUNT);
  readonly logged: Record<string, unknown>[] = [];
  readonly arrivals = createArrivals(join(this.dir, 'arrived'));
  hostKeys: string[] = [];
  /** Which of its keys the server is known by. */
  trusts: 'ed25519' | 'ecdsa' = 'ed25519';
  password = ACCOUNT.password;
  taken = 0;
  settledMs = 0;
  /** As long as the bot waits for an answer. */
  longestMs = 20_000;
  #sftp: Sftp | undefined;

  constructor(incoming?: string) {
    this.incoming = incoming ?? join(this.dir, 'incoming');
    for (const folder of ['server/in', 'server/out', 'outgoing/photos']) {
      mkdirSync(join(this.dir, folder), { recursive: true });
    }
    // one that went on would hold the lease that the next test waits for
    onTestFinished(async () => {
      await this.stop();
      await this.server.stop();
      rmSync(this.dir, { recursive: true, force: true });
    });
  }

  async startServer(): Promise<string> {
    const [hostKey, ofAnotherKind] = await this.server.start();
    if (this.hostKeys.length === 0) this.hostKeys = [this.trusts === 'ecdsa' ? ofAnotherKind : hostKey];
    return hostKey;
  }

  /** As the bot starts. */
  start(): void {
    const log = createLog({ level: 'info', to: { write: (line) => void this.logged.push(JSON.parse(line)) } });
    this.#sftp = createSftp({
      server: {
        host: '127.0.0.1',
        port: this.server.port,
        ...ACCOUNT,
        password: this.password,
        hostKeys: this.hostKeys,
      },
      bringIn: {
        folder: '/in',
        intake: createIntake({ dir: this.incoming, isBeingLanded: () => false, arrivals: this.arrivals }),
        notes: createNotes(join(this.dir, 'notes', 'in'), broughtIn),
        taken: () => {
          this.taken += 1;
        },
      },
      sendOut: {
        folder: async () => '/out',
        outgoing: this.outgoing,
        notes: createNotes(join(this.dir, 'notes', 'out'), sentNote),
        photoNotes: createNotes(join(this.dir, 'notes', 'photos'), sentNote),
      },
      clock: new MovableClock(),
      ids: systemIds,
      log,
      inFlight: createInFlight(),
      looks: { everyMs: LOOK_EVERY_MS, soonMs: LOOK_EVERY_MS, settledMs: this.settledMs },
      longestMs: this.longestMs,
    });
    this.#sftp.wake();
  }

  async stop(): Promise<void> {
    await this.#sftp?.close();
  }

  fault(): string | undefined {
    return this.#sftp?.fault();
  }

  /** What the log says under this name. */
  events(event: string): Record<string, unknown>[] {
    return this.logged.filter((line) => line.event === event);
  }

  /** Puts a file on the server, `path` below its root; as old as it is told. */
  put(path: string, content: string | Buffer, secondsAgo = 60): void {
    const place = join(this.server.root, path);
    writeFileSync(place, content);
    const then = new Date(Date.now() - secondsAgo * 1_000);
    utimesSync(place, then, then);
  }

  there(folder: string): string[] {
    return names(join(this.server.root, folder));
  }

  textThere(path: string): string {
    return readFileSync(join(this.server.root, path), 'utf8');
  }

  here(): string[] {
    return names(this.incoming);
  }

  /** Several looks pass. */
  async looks(count = 3): Promise<void> {
    const soFar = () => this.server.asked.filter((asked) => asked === 'OPENDIR /in').length;
    const before = soFar();
    await expect.poll(soFar, { interval: 5 }).toBeGreaterThanOrEqual(before + count);
  }
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
