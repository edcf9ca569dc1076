import { AppError } from '@field/kit/errors';
import { Connection } from './connection.ts';
import { FrameReceiver, type FrameReceiverOptions } from './frame-receiver.ts';
import { KeptConnection, type KeptConnectionOptions, type KeptTiming } from './kept-connection.ts';

export interface StreamState {
  /** How many connections are open and not known to be dead. */
  readonly live: number;
  /** How many are held when all is well. */
  readonly wanted: number;
  /** How many were opened since the start. */
  readonly opened: number;
}

export interface Stream {
  state(): StreamState;
  /** Milliseconds since the last frame that was pushed, on any of them; since the start when none was. */
  quietForMs(): number;
  /** Resolves with the first connection that is open; `dingtalk.unreachable` when that takes longer. */
  ready(timeoutMs: number): Promise<void>;
  /** Finishes what was taken, acks it and hangs up, for good. What comes until then is taken as ever. */
  close(): Promise<void>;
}

export interface StreamTiming extends KeptTiming {
  /** How long an ending process waits for what it took. */
  readonly finishMs: number;
}

export interface StreamOptions extends FrameReceiverOptions, Pick<KeptConnectionOptions, 'random' | 'wait'> {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly apiBase: string;
  /** How many are held: DingTalk picks one of them for each push, so one that dies unseen takes only its share with it. */
  readonly connections: number;
  readonly timing?: Partial<StreamTiming> | undefined;
  /** Called with each connection that was opened. */
  readonly opened?: (() => void) | undefined;
}

/** A dead connection is known 16 to 24 s after it died: what went into it is pushed again after 60 s, if at all (dingtalk 1.6). */
export const STREAM_TIMING: StreamTiming = {
  openTimeoutMs: 10_000,
  pingMs: 8_000,
  missedPings: 2,
  goodbyeMs: 1_000,
  firstMs: 1_000,
  ceilingMs: 60_000,
  stableMs: 10_000,
  drainMs: 12_000,
  finishMs: 5_000,
};

/** Connects to DingTalk and stays connected until it is closed (architecture 8); what is pushed goes to `handlers`. */
export function startStream(options: StreamOptions): Stream {
  const stream = new KeptStream(options);
  stream.start();
  return stream;
}

class KeptStream implements Stream {
  readonly #options: StreamOptions;
  readonly #timing: StreamTiming;
  readonly #receiver: FrameReceiver;
  readonly #kept: readonly KeptConnection[];
  readonly #whenReady = new Set<() => void>();
  #opening: Promise<void> = Promise.resolve();
  #opened = 0;
  #heardAt: number;
  #closing: Promise<void> | undefined;

  constructor(options: StreamOptions) {
    this.#options = options;
    this.#timing = { ...STREAM_TIMING, ...options.timing };
    this.#heardAt = options.clock.machine();
    this.#receiver = new FrameReceiver(options);
    this.#kept = Array.from({ length: options.connections }, () => this.#keptConnection());
  }

  start(): void {
    for (const kept of this.#kept) kept.start();
  }

  state(): StreamState {
    const live = this.#kept.filter((kept) => kept.live).length;
    return { live, wanted: this.#kept.length, opened: this.#opened };
  }

  quietForMs(): number {
    return this.#options.clock.machine() - this.#heardAt;
  }

  async ready(timeoutMs: number): Promise<void> {
    if (this.state().live > 0) return;
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
    const { finishMs, goodbyeMs } = this.#timing;
    const { log } = this.#options;
    for (const kept of this.#kept) kept.stop();
    await this.#receiver.finished(finishMs);
    await Promise.all(this.#kept.map((kept) => kept.close()));
    // pushed before DingTalk saw us go: it can no longer be acked, but it is recorded
    const unfinished = await this.#receiver.finished(goodbyeMs);
    if (unfinished > 0) log.warn({ unfinished }, 'stream.unfinished');
    log.info('stream.closed');
  }

  #keptConnection(): KeptConnection {
    const { clock, log, random, wait } = this.#options;
    return new KeptConnection({
      clock,
      log,
      random,
      wait,
      timing: this.#timing,
      newConnection: () => this.#connection(),
      inTurn: (open) => this.#inTurn(open),
      opened: () => this.#hasOpened(),
    });
  }

  #inTurn(open: () => Promise<void>): Promise<void> {
    const opening = this.#opening.then(open);
    this.#opening = opening.catch(() => undefined);
    return opening;
  }

  #hasOpened(): void {
    this.#opened += 1;
    this.#options.opened?.();
    this.#options.log.info({ ...this.state() }, 'stream.opened');
    for (const connected of this.#whenReady) connected();
    this.#whenReady.clear();
  }

  #connection(): Connection {
    const { clientId, clientSecret, apiBase, log } = this.#options;
    return new Connection({
      clientId,
      clientSecret,
      apiBase,
      timing: this.#timing,
      frame: (kind, frame, on) => {
        this.#heardAt = this.#options.clock.machine();
        this.#receiver.receive(kind, frame, (...ack) => on.acknowledge(...ack));
      },
      trouble: (reason, thrown) => log.warn({ reason, err: thrown }, 'frame.unread'),
    });
  }
}
