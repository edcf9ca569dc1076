import { randomBytes } from 'node:crypto';
import type { Clock } from '@field/kit/clock';

/** Documented: five minutes, once. */
const LIFE_MS = 5 * 60_000;

interface AuthCode {
  readonly userId: string;
  readonly clientId: string;
  readonly until: number;
}

/** The codes by which an app learns who opened its web page inside DingTalk; they do not outlive the sandbox. */
export class AuthCodes {
  readonly #clock: Clock;
  readonly #open = new Map<string, AuthCode>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  issue(userId: string, clientId: string): string {
    const now = this.#clock.machine();
    for (const [code, { until }] of this.#open) if (until <= now) this.#open.delete(code);
    const code = randomBytes(16).toString('hex');
    this.#open.set(code, { userId, clientId, until: now + LIFE_MS });
    return code;
  }

  /** Whose code it is; it is used up by that. Another app's code stays as it is, and is nobody's. */
  redeem(code: string, clientId: string): string | undefined {
    const found = this.#open.get(code);
    if (found === undefined || found.clientId !== clientId) return undefined;
    this.#open.delete(code);
    return found.until > this.#clock.machine() ? found.userId : undefined;
  }

  forget(): void {
    this.#open.clear();
  }
}
