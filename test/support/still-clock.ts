import { MovableClock } from '@field/kit/clock';

/** A calendar that stands still until it is moved: what waits for a time does not come earlier on a slow machine. */
export class StillClock extends MovableClock {
  readonly #start: number;
  #skippedMs = 0;

  /** `start`: milliseconds since the epoch; the machine's time unless told. */
  constructor(start = Date.now()) {
    super();
    this.#start = start;
  }

  override now(): number {
    return this.#start + this.offsetMs;
  }

  override machine(): number {
    return super.machine() + this.#skippedMs;
  }

  /** The machine's own time jumps, as while it sleeps: what it waits for by that time is over when it looks again. */
  skip(ms: number): void {
    this.#skippedMs += ms;
  }
}
