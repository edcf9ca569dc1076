import { createHash } from 'node:crypto';
import { setTimeout as after } from 'node:timers/promises';
import type { PushKind, StoredPush } from '../store/pushes.ts';
import type { World } from '../world/world.ts';
import type { Connections, Routed } from './connections.ts';
import { type Ack, type Frame, newFrame } from './frames.ts';

/** Contract 1.6: a stream push that is not answered by then has failed. */
const PUSH_TIMEOUT_MS = 3_000;
/** Robot messages: pushed once more, as the field reports; events: until they are answered, spacing not documented. */
const AGAIN: Record<PushKind, { afterMs: number; times: number }> = {
  message: { afterMs: 60_000, times: 1 },
  event: { afterMs: 20_000, times: 15 },
};

export interface SentPush {
  readonly routed: Routed;
  /** Resolves with the answer, however late; `forget` ends the waiting. */
  readonly ack: Promise<Ack>;
  readonly forget: () => void;
}

/**
 * Brings robot messages and events to the apps and keeps them until they are acknowledged: what had no connection, or no
 * answer, is pushed again when the demo's clock reaches its time, and after a restart as soon as the app is connected.
 */
export class Courier {
  readonly #world: World;
  readonly #connections: Connections;
  readonly #alarms = new Map<string, () => void>();
  readonly #waitingForApp = new Set<string>();
  readonly #listening = new Map<string, () => void>();

  constructor(world: World, connections: Connections) {
    this.#world = world;
    this.#connections = connections;
    for (const push of world.pushes.waiting()) {
      this.#waitingForApp.add(push.id);
      this.#arm(push.id, push.dueAt);
    }
    connections.onOpened((clientId) => this.#appIsBack(clientId));
  }

  /** Records a message or event within the caller's transaction; `go` sends it once that is committed. */
  record(push: Omit<StoredPush, 'state' | 'sent' | 'dueAt'>): { go: () => void } {
    this.#world.pushes.add({ ...push, dueAt: this.#world.clock.now() });
    return { go: () => this.#attempt(push.id, 'first') };
  }

  /** Pushes something again that was pushed before, answered or not. */
  repeat(id: string): boolean {
    const push = this.#world.pushes.find(id);
    if (push === undefined) return false;
    this.#put(push, 'redelivered');
    return true;
  }

  /** Puts a frame on a connection, with the push faults of its kind. Taps and questions for data use it too. */
  put(on: 'message' | 'tap' | 'event' | 'dynamicData', clientId: string, userId: string, frame: Frame): SentPush {
    const subject = { on, userId };
    const ignore = (ack: Promise<Ack>): Promise<Ack> =>
      ack.then((given) => (this.#world.faults.take('dropAck', subject) ? new Promise<never>(() => undefined) : given));
    if (this.#world.faults.take('dropPush', subject)) {
      return { routed: { connectionId: '' }, ack: new Promise(() => undefined), forget: () => undefined };
    }
    const back = this.#world.traffic.begin({
      kind: 'push',
      name: frame.headers.topic ?? on,
      userId,
      sent: { type: frame.type, headers: frame.headers, data: frame.data },
    });
    const routed = this.#connections.send(clientId, frame);
    if (typeof routed === 'string') {
      back(routed);
      return { routed, ack: new Promise(() => undefined), forget: () => undefined };
    }
    const { ack, forget } = this.#connections.nextAck(frame.headers.messageId ?? '', routed.connectionId);
    void ack.then(({ code, data }) => back(String(code), data));
    if (this.#world.faults.take('duplicatePush', subject)) {
      this.#connections.send(clientId, frame);
      this.#note(() => this.#world.counters.push('redelivered', userId));
    }
    return { routed, ack: ignore(ack), forget };
  }

  /** How many wait for their time, or for their app. */
  waiting(): number {
    return new Set([...this.#alarms.keys(), ...this.#waitingForApp]).size;
  }

  /** Forgets everything under way; the stored pushes are the caller's to clear. */
  reset(): void {
    for (const off of this.#alarms.values()) off();
    for (const forget of this.#listening.values()) forget();
    this.#alarms.clear();
    this.#listening.clear();
    this.#waitingForApp.clear();
  }

  #attempt(id: string, occasion: 'first' | 'due' | 'appIsBack'): void {
    const push = this.#world.pushes.find(id);
    const often = push !== undefined && push.sent > AGAIN[push.kind].times && occasion !== 'appIsBack';
    if (push === undefined || push.state === 'done' || often) {
      this.#settle(id);
      return;
    }
    this.#disarm(id);
    const dueAt = this.#world.clock.now() + AGAIN[push.kind].afterMs;
    const routed = this.#put(push, push.sent > 0 ? 'redelivered' : push.kind === 'message' ? 'messages' : 'events');
    if (push.kind === 'message' && this.#world.faults.take('fireAndForget', { userId: push.userId })) {
      this.#settle(id);
      return;
    }
    if (typeof routed === 'string' && occasion !== 'first') {
      // Its time has come, its app has not: it goes out as soon as that is there.
      this.#waitingForApp.add(id);
      return;
    }
    if (typeof routed === 'string') this.#note(() => this.#world.pushes.postpone(id, dueAt));
    this.#arm(id, dueAt);
  }

  #put(push: StoredPush, counted: 'messages' | 'events' | 'redelivered'): Routed {
    const type = push.kind === 'message' ? 'CALLBACK' : 'EVENT';
    const isNew = this.#world.faults.take('newMessageId', { on: push.kind, userId: push.userId }) !== undefined;
    const messageId = isNew ? undefined : messageIdOf(push.id);
    const frame = newFrame(type, push.headers, push.data, this.#world.clock.now(), messageId);
    const delay = this.#world.faults.take('delayPush', { on: push.kind, userId: push.userId });
    if (delay === undefined) return this.#putNow(push, frame, counted);
    void this.#world.activity.during(`a delayed push to ${push.userId}`, async () => {
      await after(delay.delayMs ?? 0);
      if (this.#world.pushes.find(push.id) !== undefined) this.#putNow(push, frame, counted);
    });
    return { connectionId: '' };
  }

  #putNow(push: StoredPush, frame: Frame, counted: 'messages' | 'events' | 'redelivered'): Routed {
    const { routed, ack, forget } = this.put(push.kind, push.clientId, push.userId, frame);
    if (typeof routed === 'string') return routed;
    this.#note(() => {
      this.#world.counters.push(counted, push.userId);
      this.#world.pushes.sentAgain(push.id, this.#world.clock.now() + AGAIN[push.kind].afterMs);
    });
    this.#listening.get(push.id)?.();
    this.#listening.set(push.id, forget);
    const end = this.#world.activity.begin(`${push.kind} ${push.id} is not acknowledged`);
    setTimeout(end, PUSH_TIMEOUT_MS).unref();
    void ack.then((given) => {
      if (push.kind === 'message' || accepted(given)) this.#settle(push.id);
      end();
    });
    return routed;
  }

  #settle(id: string): void {
    this.#disarm(id);
    this.#listening.get(id)?.();
    this.#listening.delete(id);
    this.#note(() => this.#world.pushes.done(id));
  }

  /**
   * Writes down what has happened already. It happens by itself, outside of any request, so that a store which takes nothing (a full disk)
   * must not end the process: what is not noted is pushed once more after a restart.
   */
  #note(write: () => void): void {
    try {
      this.#world.db.transaction(write);
    } catch (error) {
      this.#world.log.error({ err: error }, 'push.notNoted');
    }
  }

  #arm(id: string, dueAt: number): void {
    this.#alarms.set(
      id,
      this.#world.clock.at(dueAt, () => this.#attempt(id, 'due')),
    );
  }

  #disarm(id: string): void {
    this.#alarms.get(id)?.();
    this.#alarms.delete(id);
    this.#waitingForApp.delete(id);
  }

  #appIsBack(clientId: string): void {
    const ids = this.#world.pushes
      .waiting()
      .filter((push) => push.clientId === clientId && this.#waitingForApp.has(push.id))
      .map((push) => push.id);
    // After this turn: the app's own open event must come before its first frame.
    setImmediate(() => {
      for (const id of ids) this.#attempt(id, 'appIsBack');
    });
  }
}

/** Stays with the push however often it comes, over restarts too: the Python SDK of 2026 de-duplicates by it (dingtalk 1.6). */
function messageIdOf(pushId: string): string {
  return createHash('sha256').update(`frame of ${pushId}`).digest('hex').slice(0, 32);
}

/** An event is over when the app said SUCCESS; LATER, or an error, brings it again (dingtalk 1.4). */
function accepted(ack: Ack): boolean {
  try {
    const answer = JSON.parse(ack.data) as { status?: unknown } | null;
    return ack.code === 200 && answer?.status === 'SUCCESS';
  } catch {
    return false;
  }
}
