import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { z } from 'zod';
import { newApiError } from '../http/api-errors.ts';
import type { World } from '../world/world.ts';
import { type Connections, MAX_CONNECTIONS, type Subscription } from './connections.ts';

const TICKET_LIFE_MS = 90_000;
/** Answers carry a card's values at most, 100 KB. */
const MAX_FRAME_BYTES = 1_000_000;

const openSchema = z.object({
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  subscriptions: z.array(z.object({ type: z.enum(['EVENT', 'CALLBACK']), topic: z.string().min(1) })).min(1),
});

/** The Stream gateway: hands out tickets (90 s, single use, dingtalk 1.1) and takes the WebSocket that shows one. */
export class Gateway {
  readonly #world: World;
  readonly #connections: Connections;
  readonly #tickets = new Map<string, { clientId: string; subscriptions: readonly Subscription[]; until: number }>();
  // Pongs are ours to give, so that a half-open connection can be played.
  readonly #sockets = new WebSocketServer({ noServer: true, autoPong: false, maxPayload: MAX_FRAME_BYTES });

  constructor(world: World, connections: Connections) {
    this.#world = world;
    this.#connections = connections;
  }

  /** `POST /v1.0/gateway/connections/open`; the body of its bad-secret answer is not documented (dingtalk 8.10). */
  open(body: unknown): { endpoint: string; ticket: string } {
    const asked = openSchema.safeParse(body);
    if (!asked.success) throw newApiError(400, 'invalidParameter', z.prettifyError(asked.error));
    const { clientId, clientSecret, subscriptions } = asked.data;
    if (!this.#world.apps.accepts(clientId, clientSecret)) {
      throw newApiError(400, 'invalidClientIdOrSecret', 'invalid clientId or clientSecret');
    }
    if (subscriptions.some(({ type, topic }) => type === 'EVENT' && topic !== '*')) {
      throw newApiError(400, 'invalidParameter', 'only the topic * is allowed for EVENT');
    }
    const ticket = randomUUID();
    this.#tickets.set(ticket, { clientId, subscriptions, until: this.#world.clock.machine() + TICKET_LIFE_MS });
    return { endpoint: `${this.#world.address.url.replace('http', 'ws')}/connect`, ticket };
  }

  /** Takes the upgrade of `GET /connect?ticket=`; any ticket but an unused young one is refused with 401. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const ticket = new URL(request.url ?? '/', 'http://sandbox').searchParams.get('ticket') ?? '';
    const known = this.#tickets.get(ticket);
    this.#tickets.delete(ticket);
    for (const [old, { until }] of this.#tickets) {
      if (until <= this.#world.clock.machine()) this.#tickets.delete(old);
    }
    if (known === undefined || known.until <= this.#world.clock.machine()) {
      refuse(socket, '401 Unauthorized');
      return;
    }
    const full = this.#connections.count(known.clientId) >= MAX_CONNECTIONS;
    if (full || this.#world.faults.take('refuseHandshake')) {
      refuse(socket, '403 Forbidden');
      return;
    }
    this.#sockets.handleUpgrade(request, socket, head, (ws) =>
      this.#connections.add(known.clientId, known.subscriptions, ws),
    );
  }
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
