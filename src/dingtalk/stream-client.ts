import { AppError } from '@field/kit/errors';
import { DWClient, type DWClientConfig, TOPIC_CARD, TOPIC_ROBOT } from 'dingtalk-stream';
import { WebSocket } from 'ws';
import { ackText, type Frame, readFrame } from './frames.ts';
import { askForEndpoint } from './gateway.ts';
import { silenceListeners, withoutConsole } from './without-console.ts';

/** No frame of DingTalk comes near this; what is bigger ends the connection instead of filling the memory. */
const LARGEST_FRAME_BYTES = 4 * 1024 * 1024;

export type FrameKind = 'message' | 'tap' | 'event';

export interface StreamClientOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly apiBase: string;
  readonly openTimeoutMs: number;
  readonly frame: (kind: FrameKind, frame: Frame) => void;
  /** The server wants this connection replaced (dingtalk 1.5). */
  readonly disconnectAsked: () => void;
  /** A frame that cannot be read, or whose taking threw. Its content is not told. */
  readonly trouble: (reason: 'unreadableFrame' | 'unknownFrame' | 'listenerThrew', thrown?: unknown) => void;
}

/**
 * The SDK's client for exactly one connection, with what it gets wrong put right (dingtalk 1.7): the address comes from the
 * configuration, failures are thrown, events are acked by whoever took them, nothing that is pushed can throw inside the
 * socket's listener, an ack says whether it left, and the console stays quiet. It never reconnects by itself.
 */
export class StreamClient extends DWClient {
  readonly #options: StreamClientOptions;
  readonly #abandoned = new AbortController();

  constructor(options: StreamClientOptions) {
    const config: DWClientConfig = {
      clientId: options.clientId,
      clientSecret: options.clientSecret,
      ua: 'dingtalk-sdk-nodejs/2.1.5',
      autoReconnect: false,
      keepAlive: false,
      // the SDK's default list is shared by all clients, and grows
      subscriptions: [{ type: 'EVENT', topic: '*' }],
    };
    super(config);
    this.#options = options;
    this.registerCallbackListener(TOPIC_ROBOT, (frame) => options.frame('message', frame));
    this.registerCallbackListener(TOPIC_CARD, (frame) => options.frame('tap', frame));
    // the SDK declares it private and offers no other way to set these
    Reflect.set(this, 'sslopts', {
      rejectUnauthorized: true,
      handshakeTimeout: options.openTimeoutMs,
      maxPayload: LARGEST_FRAME_BYTES,
    });
  }

  /** Opens the connection and answers its socket. The SDK's own `connect` swallows what goes wrong. */
  async open(): Promise<WebSocket> {
    await this.getEndpoint();
    if (this.#abandoned.signal.aborted) throw new AppError('dingtalk.unreachable', { step: 'abandoned' });
    try {
      await this._connect();
    } catch (thrown) {
      throw new AppError('dingtalk.unreachable', { step: 'handshake' }, { cause: thrown });
    }
    const socket = this.#socket();
    if (socket === undefined) throw new AppError('dingtalk.unreachable', { step: 'socket' });
    return socket;
  }

  override async getEndpoint(): Promise<this> {
    const { clientId, clientSecret, apiBase, openTimeoutMs } = this.#options;
    const { ua = '', subscriptions } = { ...this.config };
    const signal = AbortSignal.any([this.#abandoned.signal, AbortSignal.timeout(openTimeoutMs)]);
    const url = await askForEndpoint({ apiBase, clientId, clientSecret, ua, subscriptions, signal });
    Reflect.set(this, 'dw_url', url);
    return this;
  }

  override _connect(): Promise<void> {
    const opened = withoutConsole(() => super._connect());
    const socket = this.#socket();
    if (socket !== undefined) for (const event of ['open', 'error']) silenceListeners(socket, event);
    return opened;
  }

  override onDownStream(pushed: string): void {
    try {
      const frame = readFrame(pushed);
      if (frame === undefined) this.#options.trouble('unreadableFrame');
      else if (frame.type === 'SYSTEM') this.onSystem(frame);
      else if (frame.type === 'EVENT') this.onEvent(frame);
      else if (frame.type === 'CALLBACK' && this.listenerCount(frame.headers.topic) > 0) this.onCallback(frame);
      else this.#options.trouble('unknownFrame');
    } catch (thrown) {
      this.#options.trouble('listenerThrew', thrown);
    }
  }

  override onSystem(frame: Frame): void {
    super.onSystem(frame);
    if (frame.headers.topic === 'disconnect') this.#options.disconnectAsked();
  }

  override onEvent(frame: Frame): void {
    this.#options.frame('event', frame);
  }

  /** Sends an ack on this connection's own socket; answers whether it left. */
  acknowledge(messageId: string, data: unknown): Promise<boolean> {
    const socket = this.#socket();
    if (socket === undefined) return Promise.resolve(false);
    return new Promise((resolve) => {
      socket.send(ackText(messageId, data), (error) => resolve(error === undefined || error === null));
    });
  }

  /** Drops the connection, whatever state it is in; it never opens after that. */
  abandon(): void {
    this.#abandoned.abort();
    this.#socket()?.terminate();
  }

  #socket(): WebSocket | undefined {
    const socket: unknown = Reflect.get(this, 'socket');
    return socket instanceof WebSocket ? socket : undefined;
  }
}
