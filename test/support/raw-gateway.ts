import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type WebSocket, WebSocketServer } from 'ws';
import type { PushedFrame } from './frames.ts';

export interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  /** Made JSON unless it is text. */
  readonly body?: unknown;
  /** Instead of a body: one after another, as fast as they are taken. */
  readonly pieces?: () => Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
  /** Never answers. */
  readonly hang?: true;
}

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

export interface Ack {
  readonly code: number;
  readonly headers: Record<string, string>;
  readonly data: unknown;
  readonly on: WebSocket;
}

const GATEWAY = '/v1.0/gateway/connections/open';

/** A peer that does exactly what a test tells it, for wire behaviour that a faithful DingTalk never shows. */
export class RawGateway {
  readonly asked: Asked[] = [];
  readonly acks: Ack[] = [];
  /** Every connection that was opened, in order. */
  readonly sockets: WebSocket[] = [];
  pings = 0;
  /** Answers of plain HTTP by path; the gateway's own stands there from the start. */
  readonly answers = new Map<string, (asked: Asked) => Answer>();
  /** Refuses the WebSocket handshake with this status. */
  refuseHandshake: number | undefined;
  /** Takes no notice of pings, as a peer behind a dead network does. */
  deaf = false;
  readonly #server: Server = createServer((request, response) => void this.#http(request, response));
  readonly #ws = new WebSocketServer({ noServer: true, autoPong: false });
  readonly #changed = new Set<() => void>();

  constructor() {
    this.answers.set(GATEWAY, () => ({
      body: { endpoint: `${this.base.replace('http', 'ws')}/connect`, ticket: 'a+b/c=' },
    }));
    this.#server.on('upgrade', (request, socket: Socket, head) => this.#upgrade(request, socket, head));
  }

  get base(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get opens(): number {
    return this.asked.filter(({ path }) => path === GATEWAY).length;
  }

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  async close(): Promise<void> {
    for (const socket of this.#ws.clients) socket.terminate();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** The newest connection. */
  get socket(): WebSocket {
    const socket = this.sockets.at(-1);
    if (socket === undefined) throw new Error('nobody has connected');
    return socket;
  }

  push(frame: PushedFrame | string, on: WebSocket = this.socket): void {
    on.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  /** The ack of a frame, when it comes. */
  async ackOf(messageId: string | undefined): Promise<Ack> {
    return await this.until(() => this.acks.find(({ headers }) => headers.messageId === messageId));
  }

  /** Waits until something is there; looked at again whenever anything happens on the wire. */
  async until<T>(look: () => T | undefined | false): Promise<T> {
    for (;;) {
      const found = look();
      if (found !== undefined && found !== false) return found;
      await new Promise<void>((resolve) => {
        this.#changed.add(resolve);
      });
    }
  }

  /** For what a test's own listeners noticed. */
  changed(): void {
    const waiting = [...this.#changed];
    this.#changed.clear();
    for (const resolve of waiting) resolve();
  }

  async #http(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const url = new URL(request.url ?? '/', this.base);
    const asked: Asked = {
      method: request.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      text: Buffer.concat(pieces).toString(),
    };
    this.asked.push(asked);
    this.changed();
    const answer = this.answers.get(url.pathname)?.(asked) ?? { status: 404, body: { code: 'NotFound' } };
    if (answer.hang) return;
    const { body = '' } = answer;
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers });
    if (answer.pieces !== undefined) {
      // whoever asked may hang up, which is for the test to see
      await pipeline(Readable.from(answer.pieces()), response).catch(() => undefined);
      return;
    }
    response.end(typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body));
  }

  #upgrade(request: IncomingMessage, socket: Socket, head: Buffer): void {
    // whoever was refused may have hung up
    socket.on('error', () => socket.destroy());
    this.asked.push({
      method: 'UPGRADE',
      path: new URL(request.url ?? '/', this.base).pathname,
      query: new URL(request.url ?? '/', this.base).searchParams,
      headers: request.headers,
      text: '',
    });
    if (this.refuseHandshake !== undefined) {
      socket.end(`HTTP/1.1 ${this.refuseHandshake} Refused\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
      this.changed();
      return;
    }
    this.#ws.handleUpgrade(request, socket, head, (ws) => {
      this.sockets.push(ws);
      ws.on('ping', (payload) => {
        this.pings += 1;
        if (!this.deaf) ws.pong(payload);
        this.changed();
      });
      ws.on('close', () => this.changed());
      ws.on('message', (text) => {
        const ack = JSON.parse(String(text)) as { code: number; headers: Record<string, string>; data: string };
        this.acks.push({ ...ack, data: JSON.parse(ack.data), on: ws });
        this.changed();
      });
      this.changed();
    });
  }
}
