import { AppError } from '@field/kit/errors';
import type { WebSocket } from 'ws';
import type { Frame } from './frames.ts';
import { type FrameKind, StreamClient, type StreamClientOptions } from './stream-client.ts';
import { UnprovedAcks } from './unproved-acks.ts';

/** Why a connection needs a successor: the server asked for it, the socket closed, or nothing was heard for too long. */
export type EndReason = 'asked' | 'closed' | 'silent';

/** The close code of a socket that ended without a goodbye (RFC 6455, 7.1.5). */
const BROKEN_OFF = 1006;

export interface ConnectionTiming {
  readonly openTimeoutMs: number;
  readonly pingMs: number;
  /** After so many pings in a row that nothing followed the next is not sent: the connection is dead. */
  readonly missedPings: number;
  readonly goodbyeMs: number;
}

export interface ConnectionOptions extends Omit<StreamClientOptions, 'disconnectAsked' | 'openTimeoutMs' | 'frame'> {
  readonly timing: ConnectionTiming;
  readonly frame: (kind: FrameKind, frame: Frame, on: Connection) => void;
}

/**
 * One connection from its opening to its end, under watch: it pings, and one from which nothing has come since `missedPings`, not
 * even a pong, is dropped. `ended` resolves once it needs a successor, `closed` once its socket is gone.
 */
export class Connection {
  readonly ended: Promise<EndReason>;
  readonly closed: Promise<void>;
  readonly #client: StreamClient;
  readonly #options: ConnectionOptions;
  readonly #acks = new UnprovedAcks();
  #socket: WebSocket | undefined;
  #saidGoodbye = false;
  #watch: NodeJS.Timeout | undefined;
  #end: (why: EndReason) => void = () => undefined;
  #gone: () => void = () => undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
    this.closed = new Promise((resolve) => {
      this.#gone = resolve;
    });
    this.#client = new StreamClient({
      clientId: options.clientId,
      clientSecret: options.clientSecret,
      apiBase: options.apiBase,
      openTimeoutMs: options.timing.openTimeoutMs,
      frame: (kind, frame) => options.frame(kind, frame, this),
      disconnectAsked: () => this.#end('asked'),
      trouble: options.trouble,
    });
  }

  /** Resolves when it is open; throws an `AppError` when that fails, or takes too long, or `signal` fires. */
  async open(signal: AbortSignal): Promise<void> {
    const { promise: late, giveUp } = deadline(this.#options.timing.openTimeoutMs, signal);
    try {
      const socket = await Promise.race([this.#client.open(), late]);
      this.#keepWatch(socket);
    } catch (thrown) {
      this.#client.abandon();
      throw thrown;
    } finally {
      giveUp();
    }
  }

  /** Answers whether the ack left on this very connection; `lost` when one that did may not have arrived after all. */
  async acknowledge(messageId: string, data: unknown, lost: () => void): Promise<boolean> {
    const sent = await this.#client.acknowledge(messageId, data);
    if (sent) this.#acks.left(lost);
    return sent;
  }

  /** Says goodbye, and drops the socket when the server does not answer it. */
  async close(): Promise<void> {
    if (this.#socket === undefined) return this.#client.abandon();
    this.#saidGoodbye = true;
    this.#socket.close(1000);
    const impatient = setTimeout(() => this.#client.abandon(), this.#options.timing.goodbyeMs);
    await this.closed;
    clearTimeout(impatient);
  }

  #keepWatch(socket: WebSocket): void {
    const { timing } = this.#options;
    let unanswered = 0;
    this.#socket = socket;
    for (const sign of ['message', 'ping', 'pong']) {
      socket.on(sign, () => {
        unanswered = 0;
      });
    }
    socket.on('pong', (payload) => this.#acks.pong(String(payload)));
    socket.once('close', (code) => this.#over(code));
    this.#watch = setInterval(() => {
      // counted, not timed: a process that stood still itself has not heard what lies ready for it
      if (unanswered < timing.missedPings) {
        unanswered += 1;
        return socket.ping(this.#acks.nextPing());
      }
      this.#end('silent');
      socket.terminate();
    }, timing.pingMs);
    this.#watch.unref();
    // it may have closed between its opening and now
    if (socket.readyState === socket.CLOSED) this.#over(BROKEN_OFF);
  }

  #over(code: number): void {
    clearInterval(this.#watch);
    if (this.#saidGoodbye && code !== BROKEN_OFF) this.#acks.allArrived();
    this.#acks.allLost();
    this.#end('closed');
    this.#gone();
  }
}

function deadline(ms: number, signal: AbortSignal): { promise: Promise<never>; giveUp: () => void } {
  let giveUp: () => void = () => undefined;
  const promise = new Promise<never>((_, reject) => {
    const late = () => reject(new AppError('dingtalk.unreachable', { step: 'open' }));
    const timer = setTimeout(late, ms);
    signal.addEventListener('abort', late, { once: true });
    giveUp = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', late);
    };
    if (signal.aborted) late();
  });
  promise.catch(() => undefined);
  return { promise, giveUp };
}
