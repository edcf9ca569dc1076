import { MovableClock } from '@field/kit/clock';

/** A calendar that stands still until it is moved: what waits for a time does not come earlier on a slow machine. */
export class StillClock extends MovableClock {
  readonly #start: number;
  #skippedMs = 0;
  #setByMs = 0;
  #setByAtMost = 0;

  /** `start`: milliseconds since the epoch; the machine's time unless told. */
  constructor(start = Date.now()) {
    super();
    this.#start = start;
  }

  override now(): number {
    return this.#start + this.offsetMs + this.#setByMs;
  }

  /** Goes by as the calendar is moved. */
  override elapsed(): number {
    return this.offsetMs;
  }

  override machine(): number {
    return super.machine() + this.#skippedMs + this.#setByMs;
  }

  override furthestAhead(): number {
    const furthest = this.#start + this.#setByAtMost;
    this.#setByAtMost = this.#setByMs;
    return furthest;
  }

  /** The machine's own time jumps, as while it sleeps: what it waits for by that time is over when it looks again. */
  skip(ms: number): void {
    this.#skippedMs += ms;
  }

  /** The clock of the machine is set, as NTP does it: on, or back where `ms` is below zero. No time goes by. */
  isSet(ms: number): void {
    this.#setByMs += ms;
    this.#setByAtMost = Math.max(this.#setByAtMost, this.#setByMs);
  }
}
