import type { Clock } from '@field/kit/clock';

/** Contract 5: twenty calls a second per app and API; refused calls do not count. By machine time. */
const CALLS_PER_SECOND = 20;

/** A sliding second per app and API. */
export class RateLimit {
  readonly #clock: Clock;
  readonly #calls = new Map<string, number[]>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Counts a call; false when it is one too many. */
  allows(key: string): boolean {
    const now = this.#clock.machine();
    const recent = (this.#calls.get(key) ?? []).filter((at) => at > now - 1000);
    const allowed = recent.length < CALLS_PER_SECOND;
    if (allowed) recent.push(now);
    this.#calls.set(key, recent);
    return allowed;
  }
}
