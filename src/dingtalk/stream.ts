import { AppError, asAppError } from '@field/kit/errors';
import { backOffMs, pause } from '../work/back-off.ts';
import { Connection, type ConnectionTiming, type EndReason } from './connection.ts';
import { FrameReceiver, type FrameReceiverOptions } from './frame-receiver.ts';

export interface StreamState {
  readonly connected: boolean;
  /** When the present connection opened, by `clock.machine()`. */
  readonly since?: number | undefined;
  /** How many were opened since the start. */
  readonly connections: number;
  /** When something was last heard, a pong counted, by `clock.machine()`. */
  readonly lastFrameAt?: number | undefined;
}

export interface Stream {
  state(): StreamState;
  /** Resolves once connected; `dingtalk.unreachable` when that takes longer. */
  ready(timeoutMs: number): Promise<void>;
  /** Takes nothing more, finishes what was taken, acks it and hangs up, for good. */
  close(): Promise<void>;
}

export interface StreamTiming extends ConnectionTiming {
  readonly firstMs: number;
  readonly ceilingMs: number;
  /** A connection that lived this long was a good one: the next trouble starts from the shortest wait again. */
  readonly stableMs: number;
  /** How long the old connection stays beside the new one: acks still go out on it (dingtalk 1.5: the server waits 10 s). */
  readonly drainMs: number;
  readonly finishMs: number;
}

export interface StreamOptions extends FrameReceiverOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly apiBase: string;
  readonly random?: (() => number) | undefined;
  readonly wait?: ((ms: number, signal: AbortSignal) => Promise<void>) | undefined;
  readonly timing?: Partial<StreamTiming> | undefined;
}

const TIMING: StreamTiming = {
  openTimeoutMs: 10_000,
  pingMs: 30_000,
  silentMs: 90_000,
  goodbyeMs: 1_000,
  firstMs: 1_000,
  ceilingMs: 60_000,
  stableMs: 10_000,
  drainMs: 12_000,
  finishMs: 5_000,
};

/** Connects to DingTalk and stays connected until it is closed (architecture 8); what is pushed goes to `handlers`. */
export function startStream(options: StreamOptions): Stream {
  const supervisor = new Supervisor(options);
  supervisor.start();
  return supervisor;
}

interface End {
  readonly why: EndReason | 'failed';
  readonly livedMs: number;
}

class Supervisor implements Stream {
  readonly #options: StreamOptions;
  readonly #timing: StreamTiming;
  readonly #receiver: FrameReceiver;
  readonly #stopping = new AbortController();
  readonly #open = new Set<Connection>();
  readonly #whenReady = new Set<() => void>();
  #current: { connection: Connection; since: number } | undefined;
  #connections = 0;
  #lastHeard = 0;
  #closing: Promise<void> | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(options: StreamOptions) {
    this.#options = options;
    this.#timing = { ...TIMING, ...options.timing };
    this.#receiver = new FrameReceiver(options);
  }

  start(): void {
    this.#running = this.#run();
  }

  state(): StreamState {
    const lastFrameAt = Math.max(this.#lastHeard, this.#current?.connection.lastHeard ?? 0);
    return {
      connected: this.#current !== undefined,
      since: this.#current?.since,
      connections: this.#connections,
      lastFrameAt: lastFrameAt === 0 ? undefined : lastFrameAt,
    };
  }

  async ready(timeoutMs: number): Promise<void> {
    if (this.#current !== undefined) return;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#whenReady.delete(connected);
        reject(new AppError('dingtalk.unreachable', { step: 'ready' }));
      }, timeoutMs);
      const connected = () => {
        clearTimeout(timer);
        resolve();
      };
      this.#whenReady.add(connected);
    });
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#stopping.abort();
    await this.#receiver.finish(this.#timing.finishMs);
    this.#current = undefined;
    await Promise.all([...this.#open].map((connection) => connection.close()));
    await this.#running;
    this.#options.log.info('stream.closed');
  }

  /** One connection after another, for ever: giving up after some tries is how bots go silent overnight. */
  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    const wait = this.#options.wait ?? pause;
    let failures = 0;
    while (!signal.aborted) {
      const { why, livedMs } = await this.#serve(signal);
      if (signal.aborted) return;
      if (livedMs >= this.#timing.stableMs) failures = 0;
      // asked to move, a good connection is followed at once: the server has stopped delivering on it
      const atOnce = why === 'asked' && failures === 0;
      const retryInMs = atOnce ? 0 : backOffMs(failures, this.#timing, (this.#options.random ?? Math.random)());
      failures += 1;
      this.#options.log.info({ why, livedMs, retryInMs }, 'stream.ended');
      if (!atOnce) await wait(retryInMs, signal);
    }
  }

  /** Opens one connection and answers when it needs a successor. Asked to move, the old one stays a while beside the new. */
  async #serve(signal: AbortSignal): Promise<End> {
    const { clock, log } = this.#options;
    let connection: Connection;
    try {
      connection = this.#connection();
      await connection.open(signal);
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
    this.#opened(connection, since);
    const aborted = new Promise<'closed'>((resolve) => {
      const stop = () => resolve('closed');
      signal.addEventListener('abort', stop, { once: true });
      void connection.ended.then(() => signal.removeEventListener('abort', stop));
    });
    const why = await Promise.race([connection.ended, aborted]);
    this.#lastHeard = Math.max(this.#lastHeard, connection.lastHeard);
    if (!signal.aborted) this.#current = undefined;
    return { why, livedMs: clock.machine() - since };
  }

  #opened(connection: Connection, since: number): void {
    for (const old of this.#open) this.#retire(old);
    this.#open.add(connection);
    void connection.closed.then(() => this.#open.delete(connection));
    this.#current = { connection, since };
    this.#connections += 1;
    this.#options.log.info({ connections: this.#connections }, 'stream.opened');
    for (const connected of this.#whenReady) connected();
    this.#whenReady.clear();
  }

  #retire(old: Connection): void {
    const timer = setTimeout(() => void old.close(), this.#timing.drainMs);
    timer.unref();
    void old.closed.then(() => clearTimeout(timer));
  }

  #connection(): Connection {
    const { clientId, clientSecret, apiBase, clock, log } = this.#options;
    return new Connection({
      clientId,
      clientSecret,
      apiBase,
      clock,
      timing: this.#timing,
      frame: (kind, frame, on) => this.#receiver.receive(kind, frame, (id, data) => on.acknowledge(id, data)),
      trouble: (reason, thrown) => log.warn({ reason, err: thrown }, 'frame.unread'),
    });
  }
}
