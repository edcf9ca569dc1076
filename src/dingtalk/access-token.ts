import type { Clock } from '@field/kit/clock';
import { AppError, asAppError } from '@field/kit/errors';

/** Asked for again this long before it ends (dingtalk 3.1). */
const EARLY_MS = 300_000;

export interface NewToken {
  readonly token: string;
  readonly lifeMs: number;
}

/** The app's access token: kept while it is good, asked for once however many calls wait for it. */
export class AccessToken {
  readonly #ask: () => Promise<NewToken>;
  readonly #clock: Clock;
  #kept: { token: string; freshUntil: number; goodUntil: number } | undefined;
  #asking: Promise<string> | undefined;

  constructor(ask: () => Promise<NewToken>, clock: Clock) {
    this.#ask = ask;
    this.#clock = clock;
  }

  /** A token good now. While a new one cannot be had, the old one serves until its end. */
  async get(): Promise<string> {
    const kept = this.#kept;
    const now = this.#clock.machine();
    if (kept !== undefined && now < kept.freshUntil) return kept.token;
    this.#asking ??= this.#renew().finally(() => {
      this.#asking = undefined;
    });
    try {
      return await this.#asking;
    } catch (thrown) {
      if (kept !== undefined && kept === this.#kept && now < kept.goodUntil) return kept.token;
      throw thrown;
    }
  }

  /** Runs a call with the token; when DingTalk no longer takes it, once more with a new one. */
  async use<T>(call: (token: string) => Promise<T>): Promise<T> {
    const token = await this.get();
    try {
      return await call(token);
    } catch (thrown) {
      if (asAppError(thrown).code !== 'dingtalk.tokenExpired') throw thrown;
    }
    // another call may have noticed first, and the new one is there already
    if (this.#kept?.token === token) this.#kept = undefined;
    return await call(await this.get());
  }

  async #renew(): Promise<string> {
    const { token, lifeMs } = await this.#ask();
    if (token === '') throw new AppError('dingtalk.credentials', { reason: 'noToken' });
    const now = this.#clock.machine();
    this.#kept = { token, freshUntil: now + lifeMs - Math.min(EARLY_MS, lifeMs / 2), goodUntil: now + lifeMs };
    return token;
  }
}
