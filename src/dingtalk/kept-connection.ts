import type { Clock } from '@field/kit/clock';
import { asAppError } from '@field/kit/errors';
import type { Logger } from '@field/kit/log';
import { backOffMs, pause } from '../work/back-off.ts';
import type { Connection, ConnectionTiming, EndReason } from './connection.ts';

export interface KeptTiming extends ConnectionTiming {
  readonly firstMs: number;
  readonly ceilingMs: number;
  /** A connection that lived this long was a good one: the next trouble starts from the shortest wait again. */
  readonly stableMs: number;
  /** How long the old connection stays beside the new one: acks still go out on it (dingtalk 1.5: the server waits 10 s). */
  readonly drainMs: number;
}

export interface KeptConnectionOptions {
  readonly clock: Clock;
  readonly log: Logger;
  readonly timing: KeptTiming;
  readonly random: () => number;
  readonly wait?: ((ms: number, signal: AbortSignal) => Promise<void>) | undefined;
  readonly newConnection: () => Connection;
  /** Opens nothing while another one is being opened: they are replaced one at a time. */
  readonly inTurn: (open: () => Promise<void>) => Promise<void>;
  /** Called whenever one is open. */
  readonly opened: () => void;
}

interface End {
  readonly why: EndReason | 'failed';
  readonly livedMs: number;
}

/**
 * Keeps one connection: one after another, for ever, since giving up after some tries is how bots go silent overnight. Asked to
 * move, the next one is opened first, and the old one stays a while beside it.
 */
export class KeptConnection {
  readonly #options: KeptConnectionOptions;
  readonly #stopping = new AbortController();
  readonly #open = new Set<Connection>();
  #live = false;
  #running: Promise<void> = Promise.resolve();

  constructor(options: KeptConnectionOptions) {
    this.#options = options;
  }

  /** Whether one is open on which DingTalk delivers, as far as is known. */
  get live(): boolean {
    return this.#live;
  }

  start(): void {
    this.#running = this.#run();
  }

  /** Opens no other any more; what is open stays. */
  stop(): void {
    this.#stopping.abort();
  }

  /** Hangs up; resolves when every socket is gone. */
  async close(): Promise<void> {
    this.stop();
    this.#live = false;
    await Promise.all([...this.#open].map((connection) => connection.close()));
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    const { log, timing, wait = pause, random } = this.#options;
    let failures = 0;
    while (!signal.aborted) {
      const { why, livedMs } = await this.#serve(signal);
      if (signal.aborted) return;
      if (livedMs >= timing.stableMs) failures = 0;
      // asked to move, a good connection is followed at once: the server has stopped delivering on it
      const atOnce = why === 'asked' && failures === 0;
      const retryInMs = atOnce ? 0 : backOffMs(failures, timing, random());
      failures += 1;
      log.info({ why, livedMs, retryInMs }, 'stream.ended');
      if (!atOnce) await wait(retryInMs, signal);
    }
  }

  /** Opens one connection and answers when it needs a successor. */
  async #serve(signal: AbortSignal): Promise<End> {
    const { clock, log, newConnection, inTurn } = this.#options;
    const connection = newConnection();
    try {
      await inTurn(() => connection.open(signal));
    } catch (thrown) {
      const error = asAppError(thrown);
      if (!signal.aborted) log.warn({ code: error.code, details: error.details, err: error.cause }, 'stream.failed');
      return { why: 'failed', livedMs: 0 };
    }
    if (signal.aborted) {
      await connection.close();
      return { why: 'closed', livedMs: 0 };
    }
    const since = clock.machine();
    this.#opened(connection);
    const aborted = new Promise<'closed'>((resolve) => {
      const stop = () => resolve('closed');
      signal.addEventListener('abort', stop, { once: true });
      void connection.ended.then(() => signal.removeEventListener('abort', stop));
    });
    const why = await Promise.race([connection.ended, aborted]);
    if (!signal.aborted) this.#live = false;
    return { why, livedMs: clock.machine() - since };
  }

  #opened(connection: Connection): void {
    for (const old of this.#open) this.#retire(old);
    this.#open.add(connection);
    void connection.closed.then(() => this.#open.delete(connection));
    this.#live = true;
    this.#options.opened();
  }

  #retire(old: Connection): void {
    const timer = setTimeout(() => void old.close(), this.#options.timing.drainMs);
    timer.unref();
    void old.closed.then(() => clearTimeout(timer));
  }
}
