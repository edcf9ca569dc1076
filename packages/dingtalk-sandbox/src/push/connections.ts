import { randomInt, randomUUID } from 'node:crypto';
import type { WebSocket } from 'ws';
import type { World } from '../world/world.ts';
import { type Ack, type Frame, newFrame, parseAck } from './frames.ts';

export interface Subscription {
  readonly type: string;
  readonly topic: string;
}

interface Connection {
  readonly id: string;
  readonly clientId: string;
  readonly subscriptions: readonly Subscription[];
  readonly socket: WebSocket;
  /** `draining`: told to go, gets nothing more. `silent`: half-open, swallows everything. */
  state: 'open' | 'draining' | 'silent';
  unansweredPings: number;
}

interface Waiter {
  readonly connectionId: string;
  readonly resolve: (ack: Ack) => void;
}

export type Routed = 'noConnection' | 'notSubscribed' | { readonly connectionId: string };

const PING_EVERY_MS = 20_000;
const DRAIN_MS = 10_000;
/** Not documented (dingtalk 1.6); ours. */
export const MAX_CONNECTIONS = 20;

/** The Stream connections that are open. A push goes to one of an app's connections, chosen at random (dingtalk 1.6). */
export class Connections {
  readonly #world: World;
  readonly #open = new Set<Connection>();
  readonly #waiters = new Map<string, Waiter[]>();
  readonly #pinging: NodeJS.Timeout;
  readonly #openedListeners: ((clientId: string) => void)[] = [];

  constructor(world: World) {
    this.#world = world;
    this.#pinging = setInterval(() => this.#ping(), PING_EVERY_MS);
    this.#pinging.unref();
  }

  /** Calls `listener` whenever an app has a new connection. */
  onOpened(listener: (clientId: string) => void): void {
    this.#openedListeners.push(listener);
  }

  count(clientId?: string): number {
    let count = 0;
    for (const connection of this.#open) {
      const counts = connection.state !== 'draining' && (clientId === undefined || connection.clientId === clientId);
      if (counts) count++;
    }
    return count;
  }

  add(clientId: string, subscriptions: readonly Subscription[], socket: WebSocket): void {
    const connection: Connection = {
      id: randomUUID(),
      clientId,
      subscriptions,
      socket,
      state: 'open',
      unansweredPings: 0,
    };
    this.#open.add(connection);
    socket.on('message', (raw: Buffer) => this.#received(connection, raw.toString('utf8')));
    socket.on('ping', (payload: Buffer) => {
      if (connection.state !== 'silent') socket.pong(payload);
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      this.#open.delete(connection);
      this.#world.log.info({ clientId, connections: this.count(clientId) }, 'stream.closed');
    });
    this.#world.log.info({ clientId, connections: this.count(clientId) }, 'stream.opened');
    for (const listener of this.#openedListeners) listener(clientId);
  }

  /** Puts a frame on one open connection of the app that subscribed to its topic. */
  send(clientId: string, frame: Frame): Routed {
    const open = [...this.#open].filter((one) => one.clientId === clientId && delivers(one));
    if (open.length === 0) return 'noConnection';
    const fit = open.filter((one) => one.subscriptions.some((subscription) => covers(subscription, frame)));
    const chosen = fit[randomInt(Math.max(1, fit.length))];
    if (chosen === undefined) return 'notSubscribed';
    const headers = { ...frame.headers, appId: clientId, connectionId: chosen.id };
    if (chosen.state === 'open') chosen.socket.send(JSON.stringify({ ...frame, headers }));
    return { connectionId: chosen.id };
  }

  /** The next answer to a frame of this messageId, on whatever connection of the app it comes (dingtalk 1.4). */
  nextAck(messageId: string, connectionId: string): { ack: Promise<Ack>; forget: () => void } {
    let waiter: Waiter | undefined;
    const ack = new Promise<Ack>((resolve) => {
      waiter = { connectionId, resolve };
      this.#waiters.set(messageId, [...(this.#waiters.get(messageId) ?? []), waiter]);
    });
    return { ack, forget: () => waiter && this.#drop(messageId, waiter) };
  }

  /** Tells the oldest ones to go: nothing more is delivered to them, and after ten seconds they are closed (dingtalk 1.5). */
  disconnect(howMany?: number): void {
    for (const connection of this.#oldest(howMany)) {
      const frame = newFrame(
        'SYSTEM',
        { topic: 'disconnect' },
        '{"reason":"connection is expired"}',
        this.#world.clock.machine(),
      );
      connection.socket.send(JSON.stringify(frame));
      connection.state = 'draining';
      setTimeout(() => connection.socket.terminate(), DRAIN_MS).unref();
    }
  }

  /** Makes the oldest ones half-open: they look alive and carry nothing. */
  silence(howMany?: number): void {
    for (const connection of this.#oldest(howMany)) connection.state = 'silent';
  }

  /** Half-open ones carry again; what they swallowed is lost. */
  endSilence(): void {
    for (const connection of this.#open) if (connection.state === 'silent') connection.state = 'open';
  }

  /** Cuts the oldest ones. */
  cut(howMany?: number): void {
    for (const connection of this.#oldest(howMany)) connection.socket.terminate();
  }

  stop(): void {
    clearInterval(this.#pinging);
    for (const connection of this.#open) connection.socket.terminate();
  }

  /** Those on which something is delivered, in the order in which they were opened: all, or so many. */
  #oldest(howMany?: number): readonly Connection[] {
    return [...this.#open].filter(({ state }) => state === 'open').slice(0, howMany);
  }

  #received(connection: Connection, text: string): void {
    if (connection.state === 'silent') return;
    connection.unansweredPings = 0;
    const ack = parseAck(text);
    const waiters = ack && this.#waiters.get(ack.messageId);
    const waiter = waiters?.find((one) => one.connectionId === connection.id) ?? waiters?.[0];
    if (ack === undefined || waiter === undefined) return;
    this.#drop(ack.messageId, waiter);
    waiter.resolve({ code: ack.code, data: ack.data });
  }

  #drop(messageId: string, waiter: Waiter): void {
    const left = (this.#waiters.get(messageId) ?? []).filter((one) => one !== waiter);
    if (left.length > 0) this.#waiters.set(messageId, left);
    else this.#waiters.delete(messageId);
  }

  #ping(): void {
    for (const connection of this.#open) {
      if (connection.state === 'silent') continue;
      if (connection.unansweredPings >= 3) {
        connection.socket.terminate();
        continue;
      }
      connection.unansweredPings++;
      const frame = newFrame(
        'SYSTEM',
        { topic: 'ping' },
        JSON.stringify({ opaque: randomUUID() }),
        this.#world.clock.machine(),
      );
      connection.socket.send(JSON.stringify(frame));
    }
  }
}

/** A half-open one is chosen like any other: nobody knows yet. */
function delivers({ state, socket }: Connection): boolean {
  return state !== 'draining' && socket.readyState === socket.OPEN;
}

function covers(subscription: Subscription, frame: Frame): boolean {
  if (subscription.type !== frame.type) return false;
  return frame.type === 'EVENT' || subscription.topic === frame.headers.topic;
}
