import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Webhook } from 'standardwebhooks';

/** A message as it came, whatever was answered. */
export interface Tried {
  readonly id: string;
  readonly type: string;
  readonly itemRef: string;
  readonly revision: number;
  readonly body: string;
}

/** How a message is answered; `hangs` says nothing, `cut` breaks the connection off, `endless` talks for ever after it was taken. */
export type Mood =
  | number
  | 'hangs'
  | 'cut'
  | 'endless'
  | { readonly status: number; readonly headers: Record<string, string> };

/** Somebody's receiver of webhooks: it believes what the reference library of Standard Webhooks verifies, and takes each id once. */
export class Receiver {
  readonly #hook: Webhook;
  #server: Server | undefined;
  #port = 0;
  /** Every message that was verified, in the order in which it came. */
  readonly tried: Tried[] = [];
  /** What was answered with 2xx, an id that is known apart. */
  readonly taken: Tried[] = [];
  /** Why messages were not believed. */
  readonly refused: string[] = [];
  /** How the next message is answered; 204 unless told. */
  mood: (message: Tried) => Mood | Promise<Mood> = () => 204;

  constructor(secret: string) {
    this.#hook = new Webhook(secret);
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/hooks`;
  }

  get ids(): string[] {
    return this.taken.map(({ id }) => id);
  }

  /** Listens, where it listened before if it did. */
  async start(port = this.#port): Promise<this> {
    const server = createServer((request, response) => void this.#answer(request, response));
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (typeof address === 'object' && address !== null) this.#port = address.port;
    this.#server = server;
    return this;
  }

  /** Nobody listens there any more; what was open breaks off. */
  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  }

  /** What was taken of an item, in the order in which it was. */
  of(itemRef: string): string[] {
    return this.taken
      .filter((message) => message.itemRef === itemRef)
      .map(({ type, revision }) => `${type}#${revision}`);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.on('error', () => undefined);
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece);
    const body = Buffer.concat(pieces).toString('utf8');
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    try {
      this.#hook.verify(body, headers);
    } catch (error) {
      this.refused.push(String(error));
      response.writeHead(401).end();
      return;
    }
    const { type, data } = JSON.parse(body) as { type: string; data: { itemRef: string; revision: number } };
    const { itemRef, revision } = data;
    const message = { id: String(headers['webhook-id']), type, itemRef, revision, body };
    this.tried.push(message);
    const mood = await this.mood(message);
    if (mood === 'hangs') return;
    if (mood === 'cut') return void request.socket.destroy();
    const isEndless = mood === 'endless';
    const { status, headers: more } = typeof mood === 'object' ? mood : { status: isEndless ? 200 : mood, headers: {} };
    const isTaken = status >= 200 && status < 300;
    if (isTaken && !this.ids.includes(message.id)) this.taken.push(message);
    response.writeHead(status, more);
    if (!isEndless) return void response.end();
    const talk = setInterval(() => response.write('x'.repeat(8_192)), 5);
    response.on('close', () => clearInterval(talk));
  }
}
