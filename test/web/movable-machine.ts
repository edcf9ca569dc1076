import { MovableClock } from '@field/kit/clock';

/** Its machine time goes only where the test takes it. */
export class MovableMachine extends MovableClock {
  #machine = Date.now();

  override machine(): number {
    return this.#machine;
  }

  /** On by `ms`. */
  go(ms: number): void {
    this.#machine += ms;
  }
}
