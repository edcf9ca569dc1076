import type { Clock } from '@field/kit/clock';
import { asAppError } from '@field/kit/errors';
import type { IdSource } from '@field/kit/ids';
import type { Logger } from '@field/kit/log';
import { dropLease, holdLease } from '../../models/leases.ts';
import {
  firstWaitingOf,
  hurryWebhooks,
  itemsWithDueWebhooks,
  nextWebhookAt,
  noteWebhookFailed,
  noteWebhookSent,
  type StoredWebhook,
  takeWebhooksAskedFor,
  waitBehind,
} from '../../models/webhook-events.ts';
import type { InFlight } from '../work/in-flight.ts';
import { createWorkerPool, type Piece } from '../work/worker-pool.ts';
import { type Answer, post } from './post.ts';
import { AWAKE, isResting, ownWaitMs, type Rest, restAfter } from './rest.ts';
import { signedHeaders } from './sign.ts';

export interface WebhookOptions {
  readonly url: string;
  readonly secrets: readonly Buffer[];
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly random: () => number;
  readonly log: Logger;
  readonly inFlight: InFlight;
  /** How long the receiver has for one answer, by this machine. */
  readonly timeoutMs?: number | undefined;
}

/**
 * Tells a receiver what was recorded (architecture 7): at least once, of each item one event after the other, the items beside each other.
 * One process at a time does it. Nothing is given up: what the receiver does not take waits, and with it what comes after it of its item.
 */
export interface Webhooks {
  /** Looks for events now; one read where there are none. */
  wake(): void;
  /** What the receiver answered this process last, if it did not take that. */
  notTaken(): string | undefined;
  /** Begins nothing more; what is on its way is sent again by the next process, under the same id. */
  close(): Promise<void>;
}

const LEASE = 'webhooks';
const LEASE_MS = 60_000;
/** Renewed before a send once so much of it is over: a send ends well within the rest. */
const RENEW_AFTER_MS = 20_000;
const TAKEN_MS = 5_000;
const TIMEOUT_MS = 15_000;
/** How many items are told at once. */
const WORKERS = 8;
const MOST_AT_A_LOOK = 100;

export function createWebhooks(options: WebhookOptions): Webhooks {
  const { url, secrets, clock, random, log, inFlight, timeoutMs = TIMEOUT_MS } = options;
  const token = options.ids.lease();
  const closing = new AbortController();
  const busy = new Set<string>();
  let rest: Rest = AWAKE;
  let heldUntil = 0;
  let notTaken: string | undefined;
  let hasBegun = false;
  let cancelAlarm: () => void = () => undefined;
  let takenTimer: NodeJS.Timeout | undefined;

  const pool = createWorkerPool({
    name: 'webhooks',
    workers: WORKERS,
    inFlight,
    look,
    onFailure: (error) => log.error({ code: asAppError(error).code, err: error }, 'webhooks.stumbled'),
  });

  async function look(): Promise<readonly Piece[]> {
    const now = clock.now();
    cancelAlarm();
    // an operator who starts it anew, or asks for something, knows that the receiver is back
    if (!hasBegun) await hurryWebhooks(now);
    hasBegun = true;
    if (isResting(rest, now)) {
      if (!(await takeWebhooksAskedFor(now))) {
        cancelAlarm = clock.at(rest.until, pool.wake);
        return [];
      }
      rest = AWAKE;
    }
    const [due, nextAt] = await Promise.all([itemsWithDueWebhooks(now, MOST_AT_A_LOOK), nextWebhookAt(now)]);
    if (nextAt !== undefined) cancelAlarm = clock.at(nextAt, pool.wake);
    if (due.length === 0) await letGo();
    if (due.length === 0 || !(await isMine())) return [];
    const free = due.filter((itemRef) => !busy.has(itemRef));
    // one that took nothing is asked for one event at a time, another each time, until it takes one
    const begun = rest.failures === 0 ? free : free.slice(0, busy.size === 0 ? 1 : 0);
    return begun.map((itemRef) => () => tellOf(itemRef));
  }

  /** Sends what is due of one item, in its order. */
  async function tellOf(itemRef: string): Promise<void> {
    if (busy.has(itemRef)) return;
    busy.add(itemRef);
    try {
      while (!closing.signal.aborted && !isResting(rest, clock.now())) {
        const first = await firstWaitingOf(itemRef);
        if (first === undefined) return;
        if (first.dueAt > clock.now()) return await waitBehind(itemRef, first.dueAt);
        if (!(await isMine())) return;
        await tell(first);
      }
    } catch (thrown) {
      // what was broken off is sent again
      if (!closing.signal.aborted) throw thrown;
    } finally {
      busy.delete(itemRef);
    }
  }

  async function tell(event: StoredWebhook): Promise<void> {
    const { eventId, body } = event;
    const before = rest;
    const headers = signedHeaders({ eventId, body, seconds: Math.floor(clock.machine() / 1_000) }, secrets);
    const machine = () => clock.machine();
    const answer = await post({ url, headers, body, timeoutMs, closing: closing.signal, machine });
    notTaken = answer.taken ? undefined : answer.answered;
    if (!answer.taken) return await waitLonger(event, answer, before);
    if (rest.failures === before.failures) {
      if (rest.failures > 0) log.info({ failures: rest.failures }, 'webhooks.takenAgain');
      rest = AWAKE;
    }
    await noteWebhookSent(eventId, { sentAt: clock.now(), answered: answer.answered });
  }

  async function waitLonger(event: StoredWebhook, answer: Answer, before: Rest): Promise<void> {
    const now = clock.now();
    const { eventId, itemRef, type } = event;
    // of many that were on their way together the first ones say that it is out
    if (rest.failures === before.failures) rest = restAfter(rest, itemRef, { now, random: random(), ...answer });
    const { answered } = answer;
    log.warn({ eventId, itemRef, type, answered, failures: rest.failures }, 'webhooks.notTaken');
    // what fails while others get through waits by itself; in an outage all wait for its end
    const isOut = before.failures > 0;
    const tries = isOut ? event.tries : event.tries + 1;
    const dueAt = isOut ? rest.until : Math.max(rest.until, now + ownWaitMs(tries, random()));
    await noteWebhookFailed(eventId, { tries, dueAt, answered });
    await waitBehind(itemRef, dueAt);
  }

  /** Whether this is the process that sends now, for at least as long as one send takes. */
  async function isMine(): Promise<boolean> {
    const machine = clock.machine();
    if (machine >= heldUntil - LEASE_MS && machine < heldUntil - LEASE_MS + RENEW_AFTER_MS) return true;
    const held = await holdLease(LEASE, token, machine, LEASE_MS);
    heldUntil = held ? machine + LEASE_MS : 0;
    if (!held) {
      clearTimeout(takenTimer);
      takenTimer = setTimeout(pool.wake, TAKEN_MS).unref();
    }
    return held;
  }

  /** Whoever sees an event first sends it: nobody holds the right while nothing is due. */
  async function letGo(): Promise<void> {
    if (heldUntil === 0 || busy.size > 0) return;
    heldUntil = 0;
    await dropLease(LEASE, token);
  }

  return {
    wake: pool.wake,
    notTaken: () => notTaken,
    async close() {
      closing.abort();
      await pool.close();
      cancelAlarm();
      clearTimeout(takenTimer);
      await letGo();
    },
  };
}
