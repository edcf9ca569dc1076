import { setTimeout as after } from 'node:timers/promises';
import { z } from 'zod';
import { ControlError } from './control-error.ts';

const idleSchema = z.object({
  idle: z.boolean(),
  left: z.array(z.string()).default([]),
  changes: z.number().int().optional(),
});

/** What the bot says of its rest. `changes` counts what has happened in it; a bot need not say. */
type BotAtRest = z.infer<typeof idleSchema>;

/** Where the bot's control interface is. `managed`: the sandbox starts it, so it comes back when it is away. */
export interface BotAddress {
  readonly controlUrl: string;
  readonly managed?: boolean | undefined;
}

const PATIENCE_MS = 20_000;

/** The bot's side of idle, clock and reset (architecture 9). Where there is no bot, each says so with `undefined`. */
export class BotControl {
  readonly #address: BotAddress | undefined;

  constructor(address: BotAddress | undefined) {
    this.#address = address;
  }

  get managed(): boolean {
    return this.#address?.managed === true;
  }

  /**
   * Whether the bot is at rest, as soon as it is and at the latest after `withinMs`; where it was with `since` changes and there are no
   * more, it need not look again. A managed bot that is away just now is not.
   */
  async idle(withinMs: number, since?: number): Promise<BotAtRest | undefined> {
    const query = new URLSearchParams({ withinMs: String(Math.ceil(withinMs)) });
    if (since !== undefined) query.set('since', String(since));
    const answer = await this.#call('GET', `/control/idle?${query}`, undefined, 0);
    if (answer === undefined) return this.managed ? { idle: false, left: ['the bot is not there'] } : undefined;
    return idleSchema.parse(answer);
  }

  /** Moves the bot's clock to `now`; answers when what was due has happened. */
  async moveClock(now: number): Promise<void> {
    await this.#call('POST', '/control/clock', { now }, PATIENCE_MS);
  }

  async reset(now: number | undefined): Promise<void> {
    await this.#call('POST', '/control/reset', { now }, PATIENCE_MS);
  }

  /** Undefined when nobody listens there, and for a managed bot still nobody after `patienceMs`. */
  async #call(method: 'GET' | 'POST', path: string, body: unknown, patienceMs: number): Promise<unknown> {
    if (this.#address === undefined) return undefined;
    const deadline = performance.now() + (this.managed ? patienceMs : 0);
    for (;;) {
      let response: Response;
      try {
        response = await fetch(new URL(path, this.#address.controlUrl), {
          method,
          ...jsonRequest(body),
        });
      } catch (thrown) {
        if (performance.now() < deadline) {
          await after(200);
          continue;
        }
        if (this.managed && patienceMs > 0) {
          throw new ControlError(503, 'botAway', `the bot does not answer ${path}: ${String(thrown)}`);
        }
        return undefined;
      }
      const text = await response.text();
      if (!response.ok)
        throw new ControlError(502, 'botRefused', `the bot answered ${response.status} to ${path}: ${text}`);
      return text === '' ? {} : (JSON.parse(text) as unknown);
    }
  }
}

function jsonRequest(body: unknown): RequestInit {
  return body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
}
