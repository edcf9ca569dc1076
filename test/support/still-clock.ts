import { MovableClock } from '@field/kit/clock';

/** A calendar that stands still until it is moved: what waits for a time does not come earlier on a slow machine. */
export class StillClock extends MovableClock {
  readonly #start = Date.now();

  override now(): number {
    return this.#start + this.offsetMs;
  }
}
