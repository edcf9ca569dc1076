import { randomBytes } from 'node:crypto';
import { systemIds } from '@field/kit/ids';
import { inTransaction } from '../../models/transaction.ts';
import { addWebhookEvents, recordWebhooks } from '../../models/webhook-events.ts';
import type { WebhookEvent } from '../../src/domain/webhook-event.ts';
import { createWebhooks, type Webhooks } from '../../src/webhooks/webhooks.ts';
import { createInFlight } from '../../src/work/in-flight.ts';
import { logLines } from '../support/log-lines.ts';
import { StillClock } from '../support/still-clock.ts';
import { Receiver } from './receiver.ts';

export const NOON = Date.UTC(2026, 4, 4, 4);

export const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;
export const bytesOf = (secret: string): Buffer => Buffer.from(secret.slice('whsec_'.length), 'base64');

/** An event of a spot that says as little as one may. */
export function event(itemRef: string, step: number, revision = 1, at = NOON): WebhookEvent {
  const type = step === 0 ? 'item.submitted' : 'item.decided';
  return { type, itemRef, isoId: 'iso', revision, step, at, data: { itemType: 'SPOT', itemRef, revision } };
}

/** Records events as a transaction of the product does, `recordWebhooks` told before and taken back after. */
export async function record(...events: readonly WebhookEvent[]): Promise<void> {
  await inTransaction((tx) => addWebhookEvents(() => events, tx));
}

/** The product's sender at a receiver, by a calendar that the test moves. */
export class AtWork {
  readonly clock = new StillClock(NOON);
  readonly lines = logLines();
  readonly secret = newSecret();
  readonly receiver = new Receiver(this.secret);
  readonly #senders: { readonly sender: Webhooks; readonly inFlight: ReturnType<typeof createInFlight> }[] = [];

  readonly #timeoutMs: number | undefined;

  /** Without a time the receiver has as long as it has of the product, which none needs however busy the machine is. */
  constructor(timeoutMs?: number) {
    this.#timeoutMs = timeoutMs;
  }

  /** Recording is on, and the receiver listens; a sender of another process is `another`. */
  async start(): Promise<this> {
    recordWebhooks(true);
    await this.receiver.start();
    this.another();
    return this;
  }

  another(secrets: readonly string[] = [this.secret]): Webhooks {
    const inFlight = createInFlight();
    const { clock, lines } = this;
    const sender = createWebhooks({
      url: this.receiver.url,
      secrets: secrets.map(bytesOf),
      clock,
      ids: systemIds,
      random: () => 0.5,
      log: lines.log,
      inFlight,
      timeoutMs: this.#timeoutMs,
    });
    this.#senders.push({ sender, inFlight });
    return sender;
  }

  /** What the first process was answered last, if that was not taken. */
  notTaken(): string | undefined {
    return this.#senders[0]?.sender.notTaken();
  }

  /** The process that was started first ends. */
  async endFirst(): Promise<void> {
    await this.#senders.shift()?.sender.close();
  }

  wake(): void {
    for (const { sender } of this.#senders) sender.wake();
  }

  /** Every process looks, and what is due now is done. */
  async goOn(): Promise<void> {
    this.wake();
    await this.idle();
  }

  /** The calendar goes on, and what falls due on the way is done in its order. */
  async later(ms: number): Promise<void> {
    const target = this.clock.now() + ms;
    for (;;) {
      await this.idle();
      const next = Math.min(this.clock.nextDue() ?? target, target);
      this.clock.moveTo(next);
      await this.idle();
      if (next >= target) return;
    }
  }

  async idle(): Promise<void> {
    for (const { inFlight } of this.#senders)
      while (inFlight.left().length > 0) await inFlight.changed(inFlight.changes(), 50);
  }

  async close(): Promise<void> {
    recordWebhooks(false);
    for (const { sender } of this.#senders) await sender.close();
    await this.receiver.stop();
  }
}
